package io.perennial.accounts;

import io.perennial.kernel.TenantId;
import io.perennial.tenancy.CurrentTenant;
import java.util.Arrays;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;

/**
 * Runs background work (jobs, listeners, workers) in one business with the authority of the product itself. Both the
 * tenant scope and the authentication are restored afterwards. Never for work asked for by a person: that runs with
 * the person's own authorities.
 */
public final class ActingAs {

    private ActingAs() {}

    /** Runs {@code work} for {@code tenant} with every permission, named "Perennial" in what it leaves behind. */
    public static <T extends @Nullable Object> T system(TenantId tenant, Supplier<T> work) {
        return with(
                new UsernamePasswordAuthenticationToken(
                        "Perennial",
                        null,
                        Arrays.stream(Permission.values())
                                .map(p -> new SimpleGrantedAuthority(p.authority()))
                                .toList()),
                tenant,
                work);
    }

    /** As {@link #system(TenantId, Supplier)}, for work without a result. */
    public static void system(TenantId tenant, Runnable work) {
        system(tenant, () -> {
            work.run();
            return tenant;
        });
    }

    /**
     * Runs {@code work}, begun by a signed-in person, on another thread with that person's authorities: take the
     * {@code authentication} on the request's thread and hand it over.
     */
    public static <T extends @Nullable Object> T with(
            Authentication authentication, TenantId tenant, Supplier<T> work) {
        SecurityContext before = SecurityContextHolder.getContext();
        SecurityContextHolder.setContext(new ActingContext(authentication));
        try {
            return CurrentTenant.asTenant(tenant, work);
        } finally {
            SecurityContextHolder.setContext(before);
        }
    }
}
