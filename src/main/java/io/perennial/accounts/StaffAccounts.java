package io.perennial.accounts;

import io.perennial.kernel.EmailAddress;
import io.perennial.kernel.TenantId;
import io.perennial.kernel.TimeOrderedIds;
import io.perennial.tenancy.TenantSql;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The people who sign in, and the businesses they belong to. */
@Service
@TenantSql("A person belongs to several businesses, so their account is nobody's tenant data; memberships are read by "
        + "account at sign-in, before a tenant is known.")
public class StaffAccounts implements UserDetailsService {

    private final JdbcClient jdbc;
    private final PasswordEncoder passwords;

    StaffAccounts(JdbcClient jdbc, PasswordEncoder passwords) {
        this.jdbc = jdbc;
        this.passwords = passwords;
    }

    @Override
    @Transactional(readOnly = true)
    public StaffPrincipal loadUserByUsername(String username) {
        String email = EmailAddress.parse(username)
                .map(EmailAddress::value)
                .orElseThrow(() -> new UsernameNotFoundException("Unknown"));
        record Row(long id, String name, String hash) {}
        Row account = jdbc.sql("SELECT id, display_name, password_hash FROM staff_account WHERE email = ? AND enabled")
                .param(email)
                .query((rs, n) -> new Row(rs.getLong(1), rs.getString(2), rs.getString(3)))
                .optional()
                .orElseThrow(() -> new UsernameNotFoundException("Unknown"));
        List<Membership> memberships = membershipsOf(account.id());
        if (memberships.isEmpty()) {
            throw new UsernameNotFoundException("Belongs to no business");
        }
        return new StaffPrincipal(
                account.id(), email, account.name(), account.hash(), memberships, memberships.getFirst());
    }

    /** Creates an account, or finds the one with this address (its name and password then stay as they are). */
    @Transactional
    public long ensureAccount(EmailAddress email, String displayName, String password) {
        return jdbc.sql("SELECT id FROM staff_account WHERE email = ?")
                .param(email.value())
                .query(Long.class)
                .optional()
                .orElseGet(() -> {
                    long id = TimeOrderedIds.next();
                    jdbc.sql("INSERT INTO staff_account (id, email, display_name, password_hash, enabled, created_at) "
                                    + "VALUES (?, ?, ?, ?, TRUE, UTC_TIMESTAMP(6))")
                            .params(id, email.value(), displayName, passwords.encode(password))
                            .update();
                    return id;
                });
    }

    /** Makes a person a member of a business, or changes the role they have there. */
    @Transactional
    public void addMember(TenantId tenant, long accountId, Role role) {
        jdbc.sql("INSERT INTO membership (tenant_id, account_id, role) VALUES (?, ?, ?) "
                        + "ON DUPLICATE KEY UPDATE role = VALUES(role)")
                .params(tenant.value(), accountId, role.name())
                .update();
    }

    private List<Membership> membershipsOf(long accountId) {
        return jdbc.sql("SELECT m.tenant_id, b.name, m.role FROM membership m JOIN business b ON b.id = m.tenant_id "
                        + "WHERE m.account_id = ? ORDER BY b.name")
                .param(accountId)
                .query((rs, n) -> new Membership(rs.getLong(1), rs.getString(2), Role.valueOf(rs.getString(3))))
                .list();
    }
}
