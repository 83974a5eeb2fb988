package io.perennial.accounts.signin;

import static io.perennial.uikit.Texts.t;

import io.perennial.accounts.CurrentStaff;
import io.perennial.accounts.FreshProof;
import io.perennial.accounts.StaffMail;
import io.perennial.accounts.StaffMails;
import io.perennial.accounts.StaffPrincipal;
import io.perennial.accounts.StaffRuleException;
import io.perennial.accounts.StaffRuleException.Rule;
import io.perennial.kernel.EmailAddress;
import io.perennial.kernel.TimeOrderedIds;
import io.perennial.tenancy.TenantSql;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Which accounts at OpenID providers belong to whom. Known by issuer and subject, never by an address, which a provider may
 * give to somebody else one day.
 *
 * @see <a href="../../../../../../../docs/decisions/0113-openid-connect.md">0113-openid-connect.md</a>
 */
@Service
@TenantSql(
        "A person's accounts elsewhere, who belongs to no tenant; each statement names the person or their identity.")
public class Identities {

    private static final int LONGEST_ISSUER = 500;

    /** OpenID Connect Core, section 2. */
    private static final int LONGEST_SUBJECT = 255;

    private final JdbcClient jdbc;
    private final Providers providers;
    private final StaffMails mails;
    private final SignInAudit audit;
    private final OnlyProvider only;

    Identities(JdbcClient jdbc, Providers providers, StaffMails mails, SignInAudit audit, OnlyProvider only) {
        this.only = only;
        this.jdbc = jdbc;
        this.providers = providers;
        this.mails = mails;
        this.audit = audit;
    }

    /** The address here of the person this is, if they are connected and may sign in; notes that it was used. */
    @Transactional
    public Optional<String> use(ProviderPerson person) {
        jdbc.sql("UPDATE staff_identity SET used_at = UTC_TIMESTAMP(6) WHERE identity_hash = ?")
                .param(hash(person))
                .update();
        return jdbc.sql("SELECT a.email FROM staff_identity i JOIN staff_account a ON a.id = i.account_id "
                        + "WHERE i.identity_hash = ? AND a.enabled")
                .param(hash(person))
                .query(String.class)
                .optional();
    }

    /** Whether somebody has connected this account, whoever that is and whether or not they may sign in. */
    @Transactional(readOnly = true)
    public boolean isConnected(ProviderPerson person) {
        return jdbc.sql("SELECT COUNT(*) FROM staff_identity WHERE identity_hash = ?")
                        .param(hash(person))
                        .query(Integer.class)
                        .single()
                > 0;
    }

    /**
     * Connects the account with this person, who has shown that both are theirs: by signing in on both sides.
     *
     * @return false if it is connected already, or the provider does not say that its address is verified
     */
    @Transactional
    public boolean connect(StaffPrincipal staff, ProviderPerson person) {
        if (person.email() == null
                || person.issuer().length() > LONGEST_ISSUER
                || person.subject().length() > LONGEST_SUBJECT
                || isConnected(person)) {
            return false;
        }
        int added = jdbc.sql(
                        "INSERT INTO staff_identity (id, account_id, identity_hash, issuer, subject, email, linked_at) "
                                + "VALUES (?, ?, ?, ?, ?, ?, UTC_TIMESTAMP(6)) ON DUPLICATE KEY UPDATE issuer = issuer")
                .params(
                        TimeOrderedIds.next(),
                        staff.accountId(),
                        hash(person),
                        person.issuer(),
                        person.subject(),
                        person.email())
                .update();
        if (added == 1) {
            audit.record(staff, SignInDeed.PROVIDER_CONNECTED);
            tell(staff.getUsername(), "connected", person.provider());
        }
        return added == 1;
    }

    /** Whether this configured provider opens the account of the one signed in. */
    @Transactional(readOnly = true)
    @PreAuthorize("isAuthenticated()")
    public boolean amIConnectedTo(String provider) {
        return providers
                .issuerOf(provider)
                .filter(issuer -> jdbc.sql("SELECT COUNT(*) FROM staff_identity WHERE account_id = ? AND issuer = ?")
                                .params(me().accountId(), issuer)
                                .query(Integer.class)
                                .single()
                        > 0)
                .isPresent();
    }

    /** Those of the one signed in. */
    @Transactional(readOnly = true)
    @PreAuthorize("isAuthenticated()")
    public List<Identity> mine() {
        return jdbc.sql("SELECT id, issuer, email, linked_at, used_at FROM staff_identity WHERE account_id = ? "
                        + "ORDER BY id LIMIT 100")
                .param(me().accountId())
                .query((rs, n) -> new Identity(
                        rs.getLong(1),
                        providers.nameOf(rs.getString(2)),
                        rs.getString(3),
                        utc(rs.getObject(4, LocalDateTime.class)),
                        rs.getObject(5) == null ? null : utc(rs.getObject(5, LocalDateTime.class))))
                .list();
    }

    /**
     * Lets an account elsewhere open this one no more. The password stays as a way in.
     *
     * @throws StaffRuleException if the one signed in has no such connection, or a business of theirs asks for it
     */
    @Transactional
    @PreAuthorize("isAuthenticated()")
    public void disconnect(long id) {
        FreshProof.require();
        Identity gone = mine().stream()
                .filter(each -> each.id() == id)
                .findFirst()
                .orElseThrow(() -> new StaffRuleException(Rule.PROVIDER_GONE));
        String issuer = jdbc.sql("SELECT issuer FROM staff_identity WHERE id = ? AND account_id = ?")
                .params(id, me().accountId())
                .query(String.class)
                .single();
        if (only.needsIssuer(issuer)) {
            throw new StaffRuleException(Rule.PROVIDER_NEEDED);
        }
        jdbc.sql("DELETE FROM staff_identity WHERE id = ? AND account_id = ?")
                .params(id, me().accountId())
                .update();
        audit.record(me(), SignInDeed.PROVIDER_DISCONNECTED);
        tell(me().getUsername(), "disconnected", gone.provider());
    }

    private void tell(String email, String what, String provider) {
        mails.sendSoon(new StaffMail(
                new EmailAddress(email),
                t("accounts.provider.mail_" + what, provider),
                t("accounts.provider.mail_" + what, provider),
                List.of(t("accounts.provider.mail_" + what + "_text", provider)),
                t("accounts.provider.mail_button"),
                "account",
                t("accounts.passkey.mail_closing")));
    }

    private static byte[] hash(ProviderPerson person) {
        return Tokens.hash(person.issuer() + '\n' + person.subject());
    }

    private static Instant utc(@Nullable LocalDateTime at) {
        return at == null ? Instant.EPOCH : at.toInstant(ZoneOffset.UTC);
    }

    private static StaffPrincipal me() {
        return CurrentStaff.find().orElseThrow();
    }
}
