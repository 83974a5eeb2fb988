package io.perennial.accounts;

import io.perennial.kernel.TenantId;
import java.io.Serializable;

/** That a member of staff belongs to a business, and as what. */
public record Membership(long tenantId, String businessName, Role role) implements Serializable {

    public TenantId tenant() {
        return new TenantId(tenantId);
    }
}
