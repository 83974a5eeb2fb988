package io.perennial.accounts;

import io.perennial.kernel.TenantId;
import java.io.Serializable;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * That a member of staff belongs to a business, and as what.
 *
 * @param atWork whether the business may work, see {@link BusinessStanding}
 */
public record Membership(long tenantId, String businessName, StaffRole staffRole, boolean atWork)
        implements Serializable {

    /** The columns that {@link #read} reads, of membership m, its business b and own role r. */
    static final String COLUMNS =
            "m.tenant_id, b.name AS business_name, " + BusinessStanding.AT_WORK + " AS at_work, " + StaffRole.COLUMNS;

    public Membership(long tenantId, String businessName, Role builtIn) {
        this(tenantId, businessName, StaffRole.of(builtIn), true);
    }

    static Membership read(ResultSet rs) throws SQLException {
        return new Membership(
                rs.getLong("tenant_id"), rs.getString("business_name"), StaffRole.read(rs), rs.getBoolean("at_work"));
    }

    public TenantId tenant() {
        return new TenantId(tenantId);
    }

    /** What this person may do there now: while the business may not work, only look and export. */
    public Set<Permission> permissions() {
        return atWork
                ? staffRole.permissions()
                : staffRole.permissions().stream()
                        .filter(Permission::isHarmless)
                        .collect(Collectors.toUnmodifiableSet());
    }

    /** The built-in role, or that it is one of the business's own. */
    public Role role() {
        return staffRole.role();
    }
}
