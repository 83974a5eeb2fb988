package io.perennial.accounts;

import io.perennial.accounts.StaffRuleException.Rule;
import io.perennial.kernel.TenantId;
import io.perennial.kernel.TimeOrderedIds;
import io.perennial.tenancy.CurrentTenant;
import io.perennial.tenancy.TenantSql;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The roles that a business makes itself from the permissions there are. A change holds from the next request on of
 * everybody who has the role. Nobody makes, changes or removes a role that may do more than they may themselves. Making
 * and changing ask for a {@link FreshProof}, as whatever says who may come in and do what.
 */
@Service
@PreAuthorize("hasAuthority('staff:manage')")
@TenantSql("Roles are read with memberships, which belong to people of no tenant; each statement names the tenant.")
public class Roles {

    /** At most so many of its own has a business. */
    public static final int MOST = 50;

    private final JdbcClient jdbc;
    private final AuditLog audit;

    Roles(JdbcClient jdbc, AuditLog audit) {
        this.jdbc = jdbc;
        this.audit = audit;
    }

    /**
     * A role of the business's own.
     *
     * @param people how many have it, those invited included
     */
    public record OwnRole(StaffRole role, int people) {}

    /** The business's own, by name. */
    @Transactional(readOnly = true)
    public List<OwnRole> own() {
        TenantId tenant = CurrentTenant.require();
        return jdbc.sql("SELECT r.id, r.name, r.description, r.permissions, "
                        + "(SELECT COUNT(*) FROM membership m WHERE m.tenant_id = r.tenant_id AND m.role_id = r.id) + "
                        + "(SELECT COUNT(*) FROM invitation i WHERE i.tenant_id = r.tenant_id AND i.role_id = r.id) "
                        + "FROM staff_role r WHERE r.tenant_id = ? ORDER BY r.name, r.id")
                .param(tenant.value())
                .query((rs, n) -> new OwnRole(
                        StaffRole.own(rs.getLong(1), rs.getString(2), rs.getString(3), rs.getString(4)), rs.getInt(5)))
                .list();
    }

    /** Those that the one asking may give, the built-in ones first. */
    @Transactional(readOnly = true)
    public List<StaffRole> givable() {
        boolean owner = CurrentStaff.find()
                .map(staff -> staff.current().staffRole().isOwner())
                .orElse(true);
        Set<Permission> mine = StaffRules.own();
        return Stream.concat(
                        Role.builtIn().stream().map(StaffRole::of),
                        own().stream().map(OwnRole::role))
                .filter(role -> mine.containsAll(role.permissions()) && (owner || !role.isOwner()))
                .toList();
    }

    /**
     * Makes a role. What the chosen permissions need comes with them ({@link Permission#withNeeded}).
     *
     * @throws StaffRuleException if there is one of this name, it may do what the maker may not, it may do nothing, or
     *     there are too many
     */
    @Transactional
    public long create(String name, String description, Set<Permission> chosen) {
        FreshProof.require();
        Set<Permission> permissions = Permission.withNeeded(chosen);
        TenantId tenant = CurrentTenant.require();
        lock(tenant);
        requireSound(name, description, permissions);
        if (own().size() >= MOST) {
            throw new StaffRuleException(Rule.TOO_MANY_ROLES);
        }
        long id = TimeOrderedIds.next();
        named(() -> jdbc.sql("INSERT INTO staff_role (tenant_id, id, name, description, permissions, created_at) "
                        + "VALUES (?, ?, ?, ?, ?, UTC_TIMESTAMP(6))")
                .params(tenant.value(), id, name.strip(), description.strip(), StaffRole.text(permissions))
                .update());
        audit.record(
                StaffDeed.ROLE_MADE,
                id,
                name.strip(),
                AuditChanges.none().and("accounts.roles.may", null, text(permissions)));
        return id;
    }

    /**
     * Changes a role and with it what everybody may do who has it.
     *
     * @throws StaffRuleException as {@link #create}, or if there is no such role here
     */
    @Transactional
    public void change(long id, String name, String description, Set<Permission> chosen) {
        FreshProof.require();
        Set<Permission> permissions = Permission.withNeeded(chosen);
        TenantId tenant = CurrentTenant.require();
        lock(tenant);
        StaffRole before = require(tenant, id);
        StaffRules.requireHas(before.permissions());
        requireSound(name, description, permissions);
        named(() -> jdbc.sql("UPDATE staff_role SET name = ?, description = ?, permissions = ? "
                        + "WHERE tenant_id = ? AND id = ?")
                .params(name.strip(), description.strip(), StaffRole.text(permissions), tenant.value(), id)
                .update());
        AuditChanges changes = AuditChanges.none()
                .and("accounts.roles.name", before.name(), name.strip())
                .and("accounts.roles.description", before.description(), description.strip())
                .and("accounts.roles.may", text(before.permissions()), text(permissions));
        if (!changes.isEmpty()) {
            audit.record(StaffDeed.OWN_ROLE_CHANGED, id, name.strip(), changes);
        }
    }

    /**
     * Removes a role that nobody has.
     *
     * @throws StaffRuleException if somebody has it or is invited as it, or it may do what the one asking may not
     */
    @Transactional
    public void remove(long id) {
        TenantId tenant = CurrentTenant.require();
        lock(tenant);
        StaffRole role = require(tenant, id);
        StaffRules.requireHas(role.permissions());
        boolean used = own().stream()
                .anyMatch(own -> Long.valueOf(id).equals(own.role().id()) && own.people() > 0);
        if (used) {
            throw new StaffRuleException(Rule.ROLE_IN_USE);
        }
        jdbc.sql("DELETE FROM staff_role WHERE tenant_id = ? AND id = ?")
                .params(tenant.value(), id)
                .update();
        audit.record(StaffDeed.ROLE_DROPPED, id, role.name());
    }

    /**
     * The role meant by a built-in one or the id of one of this business's.
     *
     * @throws StaffRuleException if there is none (any more)
     */
    StaffRole resolve(TenantId tenant, StaffRole wanted) {
        Long id = wanted.id();
        if (id != null) {
            return require(tenant, id);
        }
        if (wanted.role() == Role.CUSTOM) {
            throw new StaffRuleException(Rule.UNKNOWN_ROLE);
        }
        return StaffRole.of(wanted.role());
    }

    private StaffRole require(TenantId tenant, long id) {
        Optional<StaffRole> found = jdbc.sql(
                        "SELECT id, name, description, permissions FROM staff_role WHERE tenant_id = ? AND id = ?")
                .params(tenant.value(), id)
                .query((rs, n) -> StaffRole.own(rs.getLong(1), rs.getString(2), rs.getString(3), rs.getString(4)))
                .optional();
        return found.orElseThrow(() -> new StaffRuleException(Rule.UNKNOWN_ROLE));
    }

    private static void requireSound(String name, String description, Set<Permission> permissions) {
        if (name.isBlank() || name.strip().length() > 60 || description.strip().length() > 300) {
            throw new StaffRuleException(Rule.ROLE_NAME);
        }
        if (permissions.isEmpty()) {
            throw new StaffRuleException(Rule.ROLE_EMPTY);
        }
        StaffRules.requireHas(permissions);
    }

    private static void named(Runnable write) {
        try {
            write.run();
        } catch (DuplicateKeyException e) {
            throw new StaffRuleException(Rule.ROLE_NAME_TAKEN);
        }
    }

    private static String text(Set<Permission> permissions) {
        return new TreeSet<>(permissions).stream().map(Permission::authority).collect(Collectors.joining(", "));
    }

    /** What people have and what roles there are change one after the other. */
    private void lock(TenantId tenant) {
        jdbc.sql("SELECT id FROM business WHERE id = ? FOR UPDATE")
                .param(tenant.value())
                .query(Long.class)
                .single();
    }
}
