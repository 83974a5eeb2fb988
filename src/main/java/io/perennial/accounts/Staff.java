package io.perennial.accounts;

import io.perennial.accounts.StaffRuleException.Rule;
import io.perennial.kernel.EmailAddress;
import io.perennial.kernel.TenantId;
import io.perennial.tenancy.CurrentTenant;
import io.perennial.tenancy.TenantSql;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The people of the business being worked in. Changes hold from each person's next request on. Two rules are kept
 * under any concurrency, because each change first locks the business's memberships: a business always has an owner,
 * and only owners make, change or remove owners. Changes ask for a {@link FreshProof}: a session left open on a desk must
 * not be enough to let somebody in for good, or to shut the others out.
 */
@Service
@PreAuthorize("hasAuthority('staff:manage')")
@TenantSql("Memberships join people, who belong to no tenant, with the tenant; each statement names the tenant.")
public class Staff {

    private final JdbcClient jdbc;
    private final StaffAccounts accounts;
    private final Roles roles;
    private final AuditLog audit;

    Staff(JdbcClient jdbc, StaffAccounts accounts, Roles roles, AuditLog audit) {
        this.jdbc = jdbc;
        this.accounts = accounts;
        this.roles = roles;
        this.audit = audit;
    }

    /** Everybody who works here, by name. */
    @Transactional(readOnly = true)
    public List<StaffMember> members() {
        return jdbc.sql("SELECT a.id, a.display_name, a.email, " + StaffRole.COLUMNS + " FROM membership m "
                        + "JOIN staff_account a ON a.id = m.account_id" + StaffRole.JOIN
                        + "WHERE m.tenant_id = ? ORDER BY a.display_name, a.id")
                .param(CurrentTenant.require().value())
                .query((rs, n) -> new StaffMember(
                        rs.getLong("id"),
                        rs.getString("display_name"),
                        new EmailAddress(rs.getString("email")),
                        StaffRole.read(rs)))
                .list();
    }

    /** As {@link #changeRole(long, StaffRole)}, to a built-in role. */
    @Transactional
    public void changeRole(long accountId, Role role) {
        changeRole(accountId, StaffRole.of(role));
    }

    /**
     * Makes somebody here something else.
     *
     * @throws StaffRuleException if they are the last owner, only an owner may do this, they or the role may do what the
     *     one asking may not, or they do not work here
     */
    @Transactional
    public void changeRole(long accountId, StaffRole wanted) {
        FreshProof.require();
        TenantId tenant = CurrentTenant.require();
        StaffRole before = requireChangeable(tenant, accountId, wanted.isOwner());
        StaffRole role = roles.resolve(tenant, wanted);
        StaffRules.requireMayHandle(role);
        if (!before.equals(role)) {
            accounts.addMember(tenant, accountId, role);
            audit.record(
                    StaffDeed.ROLE_CHANGED,
                    accountId,
                    addressOf(accountId),
                    AuditChanges.none().and("accounts.role", before, role));
        }
    }

    /**
     * Ends somebody's work here; their account stays for the other businesses they work in.
     *
     * @throws StaffRuleException if they are the last owner, only an owner may do this, or they do not work here
     */
    @Transactional
    public void remove(long accountId) {
        FreshProof.require();
        TenantId tenant = CurrentTenant.require();
        StaffRole before = requireChangeable(tenant, accountId, false);
        audit.record(
                StaffDeed.PERSON_REMOVED,
                accountId,
                addressOf(accountId),
                AuditChanges.none().and("accounts.role", before, null));
        jdbc.sql("DELETE FROM membership WHERE tenant_id = ? AND account_id = ?")
                .params(tenant.value(), accountId)
                .update();
    }

    private String addressOf(long accountId) {
        return jdbc.sql("SELECT email FROM staff_account WHERE id = ?")
                .param(accountId)
                .query(String.class)
                .single();
    }

    private StaffRole requireChangeable(TenantId tenant, long accountId, boolean staysOwner) {
        List<Row> rows = locked(tenant);
        StaffRole role = rows.stream()
                .filter(r -> r.account() == accountId)
                .map(Row::role)
                .findFirst()
                .orElseThrow(() -> new StaffRuleException(Rule.UNKNOWN_MEMBER));
        StaffRules.requireMayHandle(role);
        boolean lastOwner =
                role.isOwner() && rows.stream().filter(r -> r.role().isOwner()).count() == 1;
        if (lastOwner && !staysOwner) {
            throw new StaffRuleException(Rule.LAST_OWNER);
        }
        if (role.isOwner() && !staysOwner && !isConnectedOwnerBeside(tenant, accountId)) {
            throw new StaffRuleException(Rule.LAST_CONNECTED_OWNER);
        }
        return role;
    }

    /** Where one provider alone lets people in, an owner has to stay who comes in by it. */
    private boolean isConnectedOwnerBeside(TenantId tenant, long accountId) {
        return jdbc.sql(
                        "SELECT b.only_issuer IS NULL OR EXISTS (SELECT 1 FROM membership m "
                                + "JOIN staff_identity i ON i.account_id = m.account_id AND i.issuer = b.only_issuer "
                                + "WHERE m.tenant_id = b.id AND m.role = 'OWNER' AND m.account_id <> ?) FROM business b WHERE b.id = ?")
                .params(accountId, tenant.value())
                .query(Boolean.class)
                .single();
    }

    private record Row(long account, StaffRole role) {}

    /** The business's row is the lock: two owners who demote each other at once must not both succeed. */
    private List<Row> locked(TenantId tenant) {
        jdbc.sql("SELECT id FROM business WHERE id = ? FOR UPDATE")
                .param(tenant.value())
                .query(Long.class)
                .single();
        return jdbc.sql("SELECT m.account_id, " + StaffRole.COLUMNS + " FROM membership m" + StaffRole.JOIN
                        + "WHERE m.tenant_id = ?")
                .param(tenant.value())
                .query((rs, n) -> new Row(rs.getLong("account_id"), StaffRole.read(rs)))
                .list();
    }
}
