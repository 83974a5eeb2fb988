package io.perennial.accounts;

import io.perennial.kernel.TenantId;
import java.io.Serializable;
import java.sql.ResultSet;
import java.sql.SQLException;

/** That a member of staff belongs to a business, and as what. */
public record Membership(long tenantId, String businessName, StaffRole staffRole) implements Serializable {

    /** The columns that {@link #read} reads, of membership m, its business b and own role r. */
    static final String COLUMNS = "m.tenant_id, b.name AS business_name, " + StaffRole.COLUMNS;

    public Membership(long tenantId, String businessName, Role builtIn) {
        this(tenantId, businessName, StaffRole.of(builtIn));
    }

    static Membership read(ResultSet rs) throws SQLException {
        return new Membership(rs.getLong("tenant_id"), rs.getString("business_name"), StaffRole.read(rs));
    }

    public TenantId tenant() {
        return new TenantId(tenantId);
    }

    /** The built-in role, or that it is one of the business's own. */
    public Role role() {
        return staffRole.role();
    }
}
