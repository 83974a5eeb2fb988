package io.perennial.accounts;

import io.perennial.kernel.TenantId;

/** Files that a feature keeps for businesses beside the database: make a Spring bean of this where it does. */
public interface BusinessFiles {

    /** Deletes what this node has of a business that is being removed. */
    void removeAll(TenantId tenant);
}
