package io.perennial.accounts;

import io.perennial.kernel.TenantId;

/** How big a business is: the feature that keeps customers has the bean of this. */
public interface BusinessSize {

    /** At most so many are counted: beyond, it is just many. */
    int MOST = 100_000;

    /** Its customers, {@link #MOST} + 1 for more than that. */
    int customers(TenantId tenant);
}
