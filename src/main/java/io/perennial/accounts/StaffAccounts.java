package io.perennial.accounts;

import static io.perennial.uikit.Texts.t;

import io.perennial.accounts.StaffRuleException.Rule;
import io.perennial.kernel.EmailAddress;
import io.perennial.kernel.TenantId;
import io.perennial.kernel.TimeOrderedIds;
import io.perennial.tenancy.TenantSql;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Lazy;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsPasswordService;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The people who sign in, and the businesses they belong to. */
@Service
@TenantSql("A person belongs to several businesses, so their account is nobody's tenant data; memberships are read by "
        + "account at sign-in, before a tenant is known.")
public class StaffAccounts implements UserDetailsService, UserDetailsPasswordService {

    private static final SecureRandom RANDOM = new SecureRandom();

    private record Row(long id, EmailAddress email, String name, String hash, int sessionVersion, boolean operator) {}

    private final JdbcClient jdbc;
    private final PasswordEncoder passwords;
    private final Passwords rules;
    private final AuditLog audit;
    private final StaffMails mails;

    StaffAccounts(JdbcClient jdbc, PasswordEncoder passwords, Passwords rules, AuditLog audit, @Lazy StaffMails mails) {
        this.mails = mails;
        this.jdbc = jdbc;
        this.passwords = passwords;
        this.rules = rules;
        this.audit = audit;
    }

    /** For Spring Security's sign-in: the person with this address, working in the first of their businesses by name. */
    @Override
    @Transactional(readOnly = true)
    public StaffPrincipal loadUserByUsername(String username) {
        return EmailAddress.parse(username)
                .flatMap(email -> row("email = ?", email.value()))
                .flatMap(row -> principal(row, null))
                .orElseThrow(() -> new UsernameNotFoundException("Unknown"));
    }

    /**
     * The person as they are now, working in {@code tenant}: for switching and for checking a running session.
     *
     * @return empty if they are gone, may not sign in any more, or do not belong to that business (any more)
     */
    @Transactional(readOnly = true)
    public Optional<StaffPrincipal> reload(long accountId, TenantId tenant) {
        return row("id = ?", accountId).flatMap(row -> principal(row, tenant)).map(staff -> {
            staff.eraseCredentials();
            return staff;
        });
    }

    /**
     * Whether a running session is still true: one indexed read, done for each request.
     *
     * @return empty if that person may not go on there: removed, disabled, or their password has changed since
     */
    @Transactional(readOnly = true)
    public Optional<Membership> membershipNow(StaffPrincipal staff) {
        return membershipNow(staff, staff.tenant());
    }

    Optional<Membership> membershipNow(StaffPrincipal staff, TenantId tenant) {
        return jdbc.sql("SELECT " + Membership.COLUMNS + " FROM membership m "
                        + "JOIN staff_account a ON a.id = m.account_id JOIN business b ON b.id = m.tenant_id"
                        + StaffRole.JOIN
                        + "WHERE m.tenant_id = ? AND m.account_id = ? AND a.enabled AND a.session_version = ?")
                .params(tenant.value(), staff.accountId(), staff.sessionVersion())
                .query((rs, n) -> Membership.read(rs))
                .optional();
    }

    /** The businesses of the one signed in as they are now: joined, left or renamed since the sign-in. */
    @Transactional(readOnly = true)
    @PreAuthorize("isAuthenticated()")
    public List<Membership> memberships() {
        return membershipsOf(signedIn().accountId());
    }

    /** The account with this address. */
    @Transactional(readOnly = true)
    public Optional<Long> find(EmailAddress email) {
        return jdbc.sql("SELECT id FROM staff_account WHERE email = ?")
                .param(email.value())
                .query(Long.class)
                .optional();
    }

    /** Creates an account, or finds the one with this address (its name and password then stay as they are). */
    @Transactional
    public long ensureAccount(EmailAddress email, String displayName, String password) {
        return find(email).orElseGet(() -> insert(email, displayName, password, true));
    }

    /**
     * As {@link #ensureAccount}, without a password: nobody knows what its hash is of, so it opens by a provider or a passkey
     * alone, until its owner chooses one by mail.
     */
    @Transactional
    long ensureAccountWithoutPassword(EmailAddress email, String displayName) {
        return find(email).orElseGet(() -> {
            byte[] nobodys = new byte[32];
            RANDOM.nextBytes(nobodys);
            return insert(email, displayName, Base64.getEncoder().encodeToString(nobodys), false);
        });
    }

    private long insert(EmailAddress email, String displayName, String password, boolean theirs) {
        long id = TimeOrderedIds.next();
        jdbc.sql(
                        "INSERT INTO staff_account (id, email, display_name, password_hash, has_password, enabled, created_at) "
                                + "VALUES (?, ?, ?, ?, ?, TRUE, UTC_TIMESTAMP(6))")
                .params(id, email.value(), displayName, passwords.encode(password), theirs)
                .update();
        return id;
    }

    /** Makes a person a member of a business, or changes the role they have there. */
    @Transactional
    public void addMember(TenantId tenant, long accountId, Role role) {
        addMember(tenant, accountId, StaffRole.of(role));
    }

    /** As {@link #addMember(TenantId, long, Role)}, also with a role of the business's own. */
    @Transactional
    public void addMember(TenantId tenant, long accountId, StaffRole role) {
        jdbc.sql("INSERT INTO membership (tenant_id, account_id, role, role_id) VALUES (?, ?, ?, ?) "
                        + "ON DUPLICATE KEY UPDATE role = VALUES(role), role_id = VALUES(role_id)")
                .param(tenant.value())
                .param(accountId)
                .param(role.role().name())
                .param(role.id())
                .update();
    }

    /** Lets a person operate the installation, from their next sign-in on. For set-up only: no page calls it. */
    void makeOperator(long accountId) {
        jdbc.sql("UPDATE staff_account SET operator = TRUE, session_version = session_version + 1 "
                        + "WHERE id = ? AND NOT operator")
                .param(accountId)
                .update();
    }

    /** Changes the name that others see of the one signed in. */
    @Transactional
    @PreAuthorize("isAuthenticated()")
    public void rename(String displayName) {
        jdbc.sql("UPDATE staff_account SET display_name = ? WHERE id = ?")
                .params(displayName.strip(), signedIn().accountId())
                .update();
    }

    /**
     * Changes the password of the one signed in and ends all their sessions, this one too.
     *
     * @throws StaffRuleException if the present password is another, or the new one is weak
     */
    @Transactional
    @PreAuthorize("isAuthenticated()")
    public void changePassword(String present, String fresh) {
        StaffPrincipal staff = signedIn();
        Row row = row("id = ?", staff.accountId()).orElseThrow();
        if (!passwords.matches(present, row.hash())) {
            throw new StaffRuleException(Rule.WRONG_PASSWORD);
        }
        replace(row, fresh, StaffDeed.PASSWORD_CHANGED);
    }

    /** Whether the one signed in has a password that they know. */
    @Transactional(readOnly = true)
    @PreAuthorize("isAuthenticated()")
    public boolean haveIAPassword() {
        return jdbc.sql("SELECT has_password FROM staff_account WHERE id = ?")
                .param(signedIn().accountId())
                .query(Boolean.class)
                .optional()
                .orElse(false);
    }

    /** Whether this is the password of the one signed in. */
    @Transactional(readOnly = true)
    @PreAuthorize("isAuthenticated()")
    public boolean isMyPassword(String password) {
        return row("id = ?", signedIn().accountId())
                .filter(row -> passwords.matches(password, row.hash()))
                .isPresent();
    }

    /**
     * Gives somebody another password and ends all their sessions. For who has shown by other means that it is them: no
     * page calls it with an id of its own.
     *
     * @throws StaffRuleException if it is weak
     */
    @Transactional
    public void replacePassword(long accountId, String fresh) {
        replace(row("id = ?", accountId).orElseThrow(), fresh, StaffDeed.PASSWORD_RESET);
    }

    private void replace(Row row, String fresh, StaffDeed deed) {
        rules.requireStrong(fresh, row.email(), row.name());
        jdbc.sql(
                        "UPDATE staff_account SET password_hash = ?, has_password = TRUE, session_version = session_version + 1 WHERE id = ?")
                .params(passwords.encode(fresh), row.id())
                .update();
        // What somebody else may have asked for meanwhile must not outlive it: the mail about another address says so.
        List.of("password_reset", "address_change")
                .forEach(links -> jdbc.sql("DELETE FROM " + links + " WHERE account_id = ?")
                        .param(row.id())
                        .update());
        membershipsOf(row.id())
                .forEach(each -> audit.recordFor(
                        each.tenant(), deed, row.id(), row.email().value(), AuditChanges.none()));
        mails.sendSoon(new StaffMail(
                row.email(),
                t("accounts.changed.subject"),
                t("accounts.changed.title"),
                List.of(t("accounts.changed.text")),
                t("accounts.changed.button"),
                "sign-in/forgot",
                t("accounts.changed.closing")));
    }

    /** Spring Security calls this after a sign-in whose hash was made by an older method: same password, newer hash. */
    @Override
    @Transactional
    public UserDetails updatePassword(UserDetails user, @Nullable String newPassword) {
        if (newPassword != null) {
            jdbc.sql("UPDATE staff_account SET password_hash = ? WHERE email = ?")
                    .params(newPassword, user.getUsername())
                    .update();
        }
        return user;
    }

    private static StaffPrincipal signedIn() {
        return CurrentStaff.find().orElseThrow();
    }

    private Optional<Row> row(String condition, Object value) {
        return jdbc.sql("SELECT id, email, display_name, password_hash, session_version, operator FROM staff_account "
                        + "WHERE enabled AND " + condition)
                .param(value)
                .query((rs, n) -> new Row(
                        rs.getLong(1),
                        new EmailAddress(rs.getString(2)),
                        rs.getString(3),
                        rs.getString(4),
                        rs.getInt(5),
                        rs.getBoolean(6)))
                .optional();
    }

    private Optional<StaffPrincipal> principal(Row row, @Nullable TenantId tenant) {
        List<Membership> memberships = membershipsOf(row.id());
        return memberships.stream()
                .filter(m -> tenant == null || m.tenant().equals(tenant))
                .findFirst()
                .map(current -> new StaffPrincipal(
                        row.id(),
                        row.email().value(),
                        row.name(),
                        row.hash(),
                        memberships,
                        current,
                        row.sessionVersion(),
                        row.operator(),
                        null));
    }

    /** Where somebody works, for what is done by a link that only they have. */
    List<Membership> businessesOf(long accountId) {
        return membershipsOf(accountId);
    }

    private List<Membership> membershipsOf(long accountId) {
        return jdbc.sql("SELECT " + Membership.COLUMNS + " FROM membership m JOIN business b ON b.id = m.tenant_id"
                        + StaffRole.JOIN + "WHERE m.account_id = ? ORDER BY b.name, b.id")
                .param(accountId)
                .query((rs, n) -> Membership.read(rs))
                .list();
    }
}
