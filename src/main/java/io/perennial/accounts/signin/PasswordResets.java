package io.perennial.accounts.signin;

import static io.perennial.uikit.Texts.t;

import io.perennial.accounts.StaffAccounts;
import io.perennial.accounts.StaffMail;
import io.perennial.accounts.StaffMails;
import io.perennial.kernel.EmailAddress;
import io.perennial.kernel.LastWork;
import io.perennial.tenancy.TenantSql;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A new password for who forgot theirs, by a link that is mailed to them. It holds for half an hour and once; a new
 * password ends all sessions of that person. A second factor, where there is one, is still asked for.
 */
@Service
@TenantSql("People and the links mailed to them belong to no tenant.")
public class PasswordResets {

    public static final Duration HOLDS = Duration.ofMinutes(30);

    /** Links mailed to one person in {@link #HOLDS}, so that nobody's mailbox is filled by others. */
    private static final int MOST = 3;

    private static final Logger log = LoggerFactory.getLogger(PasswordResets.class);

    private final JdbcClient jdbc;
    private final StaffAccounts accounts;
    private final StaffMails mails;
    private final TransactionTemplate transaction;
    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(
            1,
            1,
            1,
            TimeUnit.MINUTES,
            new ArrayBlockingQueue<>(500),
            Thread.ofPlatform().daemon().name("password-reset-", 1).factory());

    PasswordResets(JdbcClient jdbc, StaffAccounts accounts, StaffMails mails, TransactionTemplate transaction) {
        this.jdbc = jdbc;
        this.accounts = accounts;
        this.mails = mails;
        this.transaction = transaction;
        threads.allowCoreThreadTimeOut(true);
    }

    /** Mails a link if this is the address of somebody. Neither the answer nor its time tells whether it is. */
    public void request(EmailAddress email) {
        try {
            threads.execute(() -> {
                try {
                    transaction.executeWithoutResult(status -> mailLink(email));
                } catch (RuntimeException e) {
                    log.warn("A link for a new password was not sent: {}", e.getMessage());
                }
            });
        } catch (RejectedExecutionException e) {
            log.warn("A link for a new password was not sent: too many at once");
        }
    }

    private void mailLink(EmailAddress email) {
        jdbc.sql("DELETE FROM password_reset WHERE created_at < UTC_TIMESTAMP(6) - INTERVAL ? SECOND LIMIT 100")
                .param(HOLDS.toSeconds())
                .update();
        Optional<Long> account = jdbc.sql("SELECT id FROM staff_account WHERE email = ? AND enabled FOR UPDATE")
                .param(email.value())
                .query(Long.class)
                .optional();
        if (account.isEmpty() || open(account.get()) >= MOST) {
            return;
        }
        String token = Tokens.fresh();
        jdbc.sql("INSERT INTO password_reset (token_hash, account_id, created_at) VALUES (?, ?, UTC_TIMESTAMP(6))")
                .params(Tokens.hash(token), account.get())
                .update();
        mails.sendSoon(new StaffMail(
                email,
                t("accounts.reset.subject"),
                t("accounts.reset.mail_title"),
                List.of(t("accounts.reset.mail_text", HOLDS.toMinutes())),
                t("accounts.reset.mail_button"),
                "sign-in/new-password/" + token,
                t("accounts.reset.mail_closing")));
    }

    private int open(long account) {
        return jdbc.sql("SELECT COUNT(*) FROM password_reset WHERE account_id = ? "
                        + "AND created_at > UTC_TIMESTAMP(6) - INTERVAL ? SECOND")
                .params(account, HOLDS.toSeconds())
                .query(Integer.class)
                .single();
    }

    /** Whose link this is; empty if it was used, is too old, or never was one. */
    @Transactional(readOnly = true)
    public Optional<EmailAddress> find(String token) {
        return row(token, "").map(Row::email);
    }

    /**
     * Takes the new password; all links to that person and all their sessions are over then.
     *
     * @return false if the link holds no more
     * @throws io.perennial.accounts.StaffRuleException if the password is not good enough; the link still holds
     */
    @Transactional
    public boolean choose(String token, String fresh) {
        Optional<Row> row = row(token, " FOR UPDATE");
        row.ifPresent(each -> accounts.replacePassword(each.account(), fresh));
        return row.isPresent();
    }

    private record Row(long account, EmailAddress email) {}

    private Optional<Row> row(String token, String lock) {
        return jdbc.sql("SELECT a.id, a.email FROM password_reset r JOIN staff_account a ON a.id = r.account_id "
                        + "WHERE r.token_hash = ? AND a.enabled "
                        + "AND r.created_at > UTC_TIMESTAMP(6) - INTERVAL ? SECOND" + lock)
                .params(Tokens.hash(token), HOLDS.toSeconds())
                .query((rs, n) -> new Row(rs.getLong(1), new EmailAddress(rs.getString(2))))
                .optional();
    }

    @PreDestroy
    void stop() {
        LastWork.end(threads, Duration.ofSeconds(8));
    }
}
