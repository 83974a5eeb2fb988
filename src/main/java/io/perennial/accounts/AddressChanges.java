package io.perennial.accounts;

import static io.perennial.uikit.Texts.t;

import io.perennial.accounts.StaffRuleException.Rule;
import io.perennial.accounts.signin.Tokens;
import io.perennial.kernel.EmailAddress;
import io.perennial.tenancy.TenantSql;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.springframework.context.annotation.Lazy;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Another address to sign in with. It has to be confirmed by a link that is mailed there; the old one is told at once, while
 * its owner can still do something about it, and again when it is done. Then all sessions are over.
 */
@Service
@TenantSql("People and the links mailed to them belong to no tenant.")
public class AddressChanges {

    public static final Duration HOLDS = Duration.ofHours(2);

    /** Between two mails of one person, who could fill others' mailboxes otherwise. */
    private static final Duration PAUSE = Duration.ofMinutes(1);

    private record Row(long account, EmailAddress old, EmailAddress fresh, String name) {}

    private final JdbcClient jdbc;
    private final StaffAccounts accounts;
    private final StaffMails mails;
    private final AuditLog audit;

    AddressChanges(JdbcClient jdbc, StaffAccounts accounts, @Lazy StaffMails mails, AuditLog audit) {
        this.jdbc = jdbc;
        this.accounts = accounts;
        this.mails = mails;
        this.audit = audit;
    }

    /**
     * Mails a link to the new address, or that it has an account; nobody here learns which.
     *
     * @throws FreshProof.Needed without a fresh proof of who is at work
     * @throws StaffRuleException if a mail went out less than a minute ago
     */
    @Transactional
    @PreAuthorize("isAuthenticated()")
    public void ask(EmailAddress fresh) {
        FreshProof.require();
        StaffPrincipal me = CurrentStaff.find().orElseThrow();
        boolean justMailed = jdbc.sql("SELECT created_at > UTC_TIMESTAMP(6) - INTERVAL ? SECOND FROM address_change "
                        + "WHERE account_id = ? FOR UPDATE")
                .params(PAUSE.toSeconds(), me.accountId())
                .query(Boolean.class)
                .optional()
                .orElse(false);
        if (justMailed) {
            throw new StaffRuleException(Rule.JUST_MAILED);
        }
        String token = Tokens.fresh();
        jdbc.sql("INSERT INTO address_change (account_id, token_hash, email, created_at) VALUES (?, ?, ?, "
                        + "UTC_TIMESTAMP(6)) ON DUPLICATE KEY UPDATE token_hash = VALUES(token_hash), "
                        + "email = VALUES(email), created_at = VALUES(created_at)")
                .params(me.accountId(), Tokens.hash(token), fresh.value())
                .update();
        if (accounts.find(fresh).isPresent()) {
            mails.sendSoon(mail(fresh, "taken", "login", fresh));
        } else {
            mails.sendSoon(mail(fresh, "confirm", "sign-in/new-address/" + token, fresh));
        }
        mails.sendSoon(mail(new EmailAddress(me.getUsername()), "asked", "sign-in/forgot", fresh));
    }

    /** The address that this link confirms; empty if it was used, is too old, or never was one. Changes nothing. */
    @Transactional(readOnly = true)
    public Optional<EmailAddress> find(String token) {
        return row(token, "").map(Row::fresh);
    }

    /**
     * Takes the new address; all sessions of the person are over then, and so are links to a new password that were mailed
     * to the old one.
     *
     * @return false if the link holds no more, or the address has an account meanwhile
     */
    @Transactional
    public boolean confirm(String token) {
        Optional<Row> found = row(token, " FOR UPDATE");
        if (found.isEmpty() || accounts.find(found.get().fresh()).isPresent()) {
            return false;
        }
        Row row = found.get();
        jdbc.sql("UPDATE staff_account SET email = ?, session_version = session_version + 1 WHERE id = ?")
                .params(row.fresh().value(), row.account())
                .update();
        jdbc.sql("DELETE FROM address_change WHERE account_id = ?")
                .param(row.account())
                .update();
        jdbc.sql("DELETE FROM password_reset WHERE account_id = ?")
                .param(row.account())
                .update();
        AuditChanges changes = AuditChanges.none()
                .and("accounts.email", row.old().value(), row.fresh().value());
        accounts.businessesOf(row.account())
                .forEach(each -> audit.recordBy(
                        each.tenant(),
                        row.account(),
                        row.name(),
                        StaffDeed.ADDRESS_CHANGED,
                        row.account(),
                        row.fresh().value(),
                        changes));
        mails.sendSoon(mail(row.old(), "done", "login", row.fresh()));
        return true;
    }

    private Optional<Row> row(String token, String lock) {
        return jdbc.sql("SELECT a.id, a.email, c.email, a.display_name FROM address_change c "
                        + "JOIN staff_account a ON a.id = c.account_id WHERE c.token_hash = ? AND a.enabled "
                        + "AND c.created_at > UTC_TIMESTAMP(6) - INTERVAL ? SECOND" + lock)
                .params(Tokens.hash(token), HOLDS.toSeconds())
                .query((rs, n) -> new Row(
                        rs.getLong(1),
                        new EmailAddress(rs.getString(2)),
                        new EmailAddress(rs.getString(3)),
                        rs.getString(4)))
                .optional();
    }

    private static StaffMail mail(EmailAddress to, String kind, String path, EmailAddress fresh) {
        String key = "accounts.address." + kind;
        return new StaffMail(
                to,
                t(key),
                t(key),
                List.of(t(key + "_text", fresh.value(), HOLDS.toHours())),
                t(key + "_button"),
                path,
                t(key + "_closing"));
    }
}
