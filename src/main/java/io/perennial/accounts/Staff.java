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
 * and only owners make, change or remove owners.
 */
@Service
@PreAuthorize("hasAuthority('staff:manage')")
@TenantSql("Memberships join people, who belong to no tenant, with the tenant; each statement names the tenant.")
public class Staff {

    private final JdbcClient jdbc;
    private final StaffAccounts accounts;
    private final Passwords passwords;
    private final AuditLog audit;

    Staff(JdbcClient jdbc, StaffAccounts accounts, Passwords passwords, AuditLog audit) {
        this.jdbc = jdbc;
        this.accounts = accounts;
        this.passwords = passwords;
        this.audit = audit;
    }

    /** Everybody who works here, by name. */
    @Transactional(readOnly = true)
    public List<StaffMember> members() {
        return jdbc.sql(
                        "SELECT a.id, a.display_name, a.email, m.role FROM membership m "
                                + "JOIN staff_account a ON a.id = m.account_id WHERE m.tenant_id = ? ORDER BY a.display_name, a.id")
                .param(CurrentTenant.require().value())
                .query((rs, n) -> new StaffMember(
                        rs.getLong(1),
                        rs.getString(2),
                        new EmailAddress(rs.getString(3)),
                        Role.valueOf(rs.getString(4))))
                .list();
    }

    /**
     * Takes somebody on. Where a person with this address exists already (they may work elsewhere), they join with
     * the name and password they have.
     *
     * @return whether a new account was made, so that the given name and password hold
     * @throws StaffRuleException if they work here already, only an owner may do this, or the password is weak
     */
    @Transactional
    public boolean add(EmailAddress email, String name, String password, Role role) {
        TenantId tenant = CurrentTenant.require();
        requireMayHandle(role);
        List<Row> rows = locked(tenant);
        boolean isNew = accounts.find(email).isEmpty();
        if (isNew) {
            passwords.requireStrong(password, email, name);
        }
        long account = accounts.ensureAccount(email, name, password);
        if (rows.stream().anyMatch(r -> r.account() == account)) {
            throw new StaffRuleException(Rule.ALREADY_MEMBER);
        }
        accounts.addMember(tenant, account, role);
        audit.record(
                StaffDeed.PERSON_ADDED,
                account,
                email.value(),
                AuditChanges.none().and("accounts.role", null, role));
        return isNew;
    }

    /**
     * Makes somebody here something else.
     *
     * @throws StaffRuleException if they are the last owner, only an owner may do this, or they do not work here
     */
    @Transactional
    public void changeRole(long accountId, Role role) {
        TenantId tenant = CurrentTenant.require();
        Role before = requireChangeable(tenant, accountId, role == Role.OWNER);
        requireMayHandle(role);
        if (before != role) {
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
        TenantId tenant = CurrentTenant.require();
        Role before = requireChangeable(tenant, accountId, false);
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

    private Role requireChangeable(TenantId tenant, long accountId, boolean staysOwner) {
        List<Row> rows = locked(tenant);
        Role role = rows.stream()
                .filter(r -> r.account() == accountId)
                .map(Row::role)
                .findFirst()
                .orElseThrow(() -> new StaffRuleException(Rule.UNKNOWN_MEMBER));
        requireMayHandle(role);
        boolean lastOwner = role == Role.OWNER
                && rows.stream().filter(r -> r.role() == Role.OWNER).count() == 1;
        if (lastOwner && !staysOwner) {
            throw new StaffRuleException(Rule.LAST_OWNER);
        }
        return role;
    }

    private static void requireMayHandle(Role role) {
        boolean owner = CurrentStaff.find()
                .map(staff -> staff.current().role() == Role.OWNER)
                .orElse(true); // background work has every permission
        if (role == Role.OWNER && !owner) {
            throw new StaffRuleException(Rule.OWNERS_ONLY);
        }
    }

    private record Row(long account, Role role) {}

    /** The business's row is the lock: two owners who demote each other at once must not both succeed. */
    private List<Row> locked(TenantId tenant) {
        jdbc.sql("SELECT id FROM business WHERE id = ? FOR UPDATE")
                .param(tenant.value())
                .query(Long.class)
                .single();
        return jdbc.sql("SELECT account_id, role FROM membership WHERE tenant_id = ?")
                .param(tenant.value())
                .query((rs, n) -> new Row(rs.getLong(1), Role.valueOf(rs.getString(2))))
                .list();
    }
}
