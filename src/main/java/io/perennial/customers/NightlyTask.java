package io.perennial.customers;

import io.perennial.kernel.TenantId;

/** Something done once in each of a business's nights. Runs in its scope, with every permission. */
public interface NightlyTask {

    /** Stored; at most 20 characters. */
    String name();

    /**
     * Does it, in steps that each commit; what a crash cut off is begun anew.
     *
     * @param beat to be called now and then while it lasts
     */
    void run(TenantId tenant, Runnable beat);
}
