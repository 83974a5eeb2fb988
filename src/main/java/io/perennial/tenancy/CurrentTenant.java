package io.perennial.tenancy;

import io.perennial.kernel.TenantId;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * The tenant whose data this thread works on. Set for a bounded stretch of code and restored afterwards; it is never
 * inherited by other threads: whoever hands work to another thread, job or message hands the tenant along as data and
 * opens a new scope there. The only ThreadLocal of the product.
 */
public final class CurrentTenant {

    private static final ThreadLocal<@Nullable TenantId> CURRENT = new ThreadLocal<>();

    /** Under which each line of the log names the tenant it is about. */
    private static final String IN_LOG = "tenant_id";

    private CurrentTenant() {}

    /**
     * The current tenant.
     *
     * @throws NoTenantException outside every tenant scope
     */
    public static TenantId require() {
        TenantId tenant = CURRENT.get();
        if (tenant == null) {
            throw new NoTenantException();
        }
        return tenant;
    }

    /** The current tenant, or empty outside every tenant scope. */
    public static Optional<TenantId> find() {
        return Optional.ofNullable(CURRENT.get());
    }

    /** Runs {@code work} as {@code tenant} and restores what was current before, whatever happens. */
    public static <T extends @Nullable Object> T asTenant(TenantId tenant, Supplier<T> work) {
        TenantId before = CURRENT.get();
        set(tenant);
        try {
            return work.get();
        } finally {
            restore(before);
        }
    }

    /** As {@link #asTenant(TenantId, Supplier)}, for work without a result. */
    public static void asTenant(TenantId tenant, Runnable work) {
        asTenant(tenant, () -> {
            work.run();
            return tenant;
        });
    }

    /** As {@link #asTenant(TenantId, Supplier)}, for work that throws checked exceptions (filters). */
    public static <T extends @Nullable Object> T callAsTenant(TenantId tenant, Callable<T> work) throws Exception {
        TenantId before = CURRENT.get();
        set(tenant);
        try {
            return work.call();
        } finally {
            restore(before);
        }
    }

    private static void set(TenantId tenant) {
        CURRENT.set(tenant);
        MDC.put(IN_LOG, Long.toString(tenant.value()));
    }

    private static void restore(@Nullable TenantId before) {
        if (before == null) {
            CURRENT.remove();
            MDC.remove(IN_LOG);
        } else {
            set(before);
        }
    }
}
