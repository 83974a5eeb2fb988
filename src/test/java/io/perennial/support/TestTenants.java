package io.perennial.support;

import io.perennial.accounts.ActingAs;
import io.perennial.accounts.Businesses;
import io.perennial.accounts.Membership;
import io.perennial.accounts.Role;
import io.perennial.accounts.StaffPrincipal;
import io.perennial.accounts.signin.SignInDetails;
import io.perennial.kernel.TenantId;
import java.time.ZoneId;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/** Makes businesses for tests and runs code as a member of their staff. */
@TestComponent
public class TestTenants {

    private final Businesses businesses;

    TestTenants(Businesses businesses) {
        this.businesses = businesses;
    }

    /** A fresh business in Prague, in Czech koruna. */
    public TenantId fresh(String name) {
        return businesses.create(
                name, "CZ", Locale.of("cs", "CZ"), ZoneId.of("Europe/Prague"), Currency.getInstance("CZK"));
    }

    /** Runs as somebody with this role there. */
    public static <T> T as(TenantId tenant, Role role, Supplier<T> work) {
        Membership membership = new Membership(tenant.value(), "Test", role);
        StaffPrincipal staff = new StaffPrincipal(
                1,
                role.name().toLowerCase(Locale.ROOT) + "@test.example",
                role.name(),
                null,
                List.of(membership),
                membership);
        return as(staff, work);
    }

    /** Runs as this person, in the business they work in. */
    public static <T> T as(StaffPrincipal staff, Supplier<T> work) {
        // Vaadin's browserless environment looks for @RolesAllowed with Spring's usual prefix, the console without.
        List<SimpleGrantedAuthority> authorities = staff.getAuthorities().stream()
                .flatMap(a -> Stream.of(a.getAuthority(), "ROLE_" + a.getAuthority()))
                .map(SimpleGrantedAuthority::new)
                .toList();
        var authentication = new UsernamePasswordAuthenticationToken(staff, null, authorities);
        authentication.setDetails(new SignInDetails(new MockHttpServletRequest())); // as one who has just signed in
        return ActingAs.with(authentication, staff.tenant(), work);
    }

    /** As {@link #as(TenantId, Role, Supplier)}, without a result. */
    public static void as(TenantId tenant, Role role, Runnable work) {
        as(tenant, role, () -> {
            work.run();
            return true;
        });
    }

    /** Runs as an owner there. */
    public static <T> T asOwner(TenantId tenant, Supplier<T> work) {
        return as(tenant, Role.OWNER, work);
    }

    /** As {@link #asOwner(TenantId, Supplier)}, without a result. */
    public static void asOwner(TenantId tenant, Runnable work) {
        as(tenant, Role.OWNER, work);
    }
}
