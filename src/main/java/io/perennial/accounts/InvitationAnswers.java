package io.perennial.accounts;

import io.perennial.accounts.StaffRuleException.Rule;
import io.perennial.kernel.EmailAddress;
import io.perennial.tenancy.TenantSql;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What somebody with the link of an invitation may do: look at it and accept it. The link is the permission. */
@Service
@TenantSql("Whoever accepts works in no business yet; the tenant is that of the link, and each statement names it.")
public class InvitationAnswers {

    private final JdbcClient jdbc;
    private final StaffAccounts accounts;
    private final Passwords passwords;
    private final AuditLog audit;

    InvitationAnswers(JdbcClient jdbc, StaffAccounts accounts, Passwords passwords, AuditLog audit) {
        this.jdbc = jdbc;
        this.accounts = accounts;
        this.passwords = passwords;
        this.audit = audit;
    }

    /** What is offered; empty where the link holds no more, or never did. Changes nothing. */
    @Transactional(readOnly = true)
    public Optional<InvitationOffer> find(String link) {
        return InvitationToken.parse(link).flatMap(token -> offer(token, false));
    }

    /**
     * Takes on a person who has no account yet.
     *
     * @throws StaffRuleException if the link holds no more, they have an account, or the name or password will not do
     */
    @Transactional
    public InvitationOffer accept(String link, String name, String password) {
        InvitationToken token = parse(link);
        InvitationOffer offer = offer(token, false).orElseThrow(() -> new StaffRuleException(Rule.INVITATION_OVER));
        if (offer.known()) {
            throw new StaffRuleException(Rule.INVITATION_OVER);
        }
        String own = name.strip();
        if (own.isEmpty() || own.length() > 120) {
            throw new StaffRuleException(Rule.PERSON_NAME);
        }
        passwords.requireStrong(password, offer.email(), own);
        take(
                token,
                locked(token),
                newAccount(offer.email(), () -> accounts.ensureAccount(offer.email(), own, password)),
                own);
        return offer;
    }

    /** Nobody's password is set for an account that came to be meanwhile, by an invitation of another business for instance. */
    private long newAccount(EmailAddress email, LongSupplier made) {
        if (accounts.find(email).isPresent()) {
            throw new StaffRuleException(Rule.INVITATION_OVER);
        }
        try {
            return made.getAsLong();
        } catch (DuplicateKeyException e) {
            throw new StaffRuleException(Rule.INVITATION_OVER);
        }
    }

    /**
     * As {@link #accept}, of a person whom a provider vouches for by the invited address: they have no password until they
     * ask for one by mail.
     *
     * @throws StaffRuleException as there
     */
    @Transactional
    public InvitationOffer acceptWithoutPassword(String link, String name) {
        InvitationToken token = parse(link);
        InvitationOffer offer = locked(token);
        if (offer.known()) {
            throw new StaffRuleException(Rule.INVITATION_OVER);
        }
        take(
                token,
                offer,
                newAccount(offer.email(), () -> accounts.ensureAccountWithoutPassword(offer.email(), name)),
                name);
        return offer;
    }

    /**
     * Lets a person join who has an account already; they keep its name and password.
     *
     * @throws StaffRuleException if the link holds no more, or they have no account
     */
    @Transactional
    public InvitationOffer join(String link) {
        InvitationToken token = parse(link);
        InvitationOffer offer = locked(token);
        long account = accounts.find(offer.email()).orElseThrow(() -> new StaffRuleException(Rule.INVITATION_OVER));
        String name = jdbc.sql("SELECT display_name FROM staff_account WHERE id = ?")
                .param(account)
                .query(String.class)
                .single();
        take(token, offer, account, name);
        return offer;
    }

    private static InvitationToken parse(String link) {
        return InvitationToken.parse(link).orElseThrow(() -> new StaffRuleException(Rule.INVITATION_OVER));
    }

    /** The business's row is the lock, as for everything that is done about its people. */
    private InvitationOffer locked(InvitationToken token) {
        if (jdbc.sql("SELECT id FROM business WHERE id = ? FOR UPDATE")
                .param(token.tenant().value())
                .query(Long.class)
                .optional()
                .isEmpty()) {
            throw new StaffRuleException(Rule.INVITATION_OVER);
        }
        return offer(token, true).orElseThrow(() -> new StaffRuleException(Rule.INVITATION_OVER));
    }

    private Optional<InvitationOffer> offer(InvitationToken token, boolean forUpdate) {
        return jdbc.sql("SELECT m.email, m.invited_by_name, b.name AS business_name, " + StaffRole.COLUMNS
                        + ", EXISTS (SELECT 1 FROM staff_account a WHERE a.email = m.email) AS known "
                        + "FROM invitation m JOIN business b ON b.id = m.tenant_id" + StaffRole.JOIN
                        + "WHERE m.tenant_id = ? AND m.id = ? AND m.token_hash = ? AND m.expires_at > UTC_TIMESTAMP(6)"
                        + (forUpdate ? " FOR UPDATE" : ""))
                .params(token.tenant().value(), token.id(), token.hash())
                .query((rs, n) -> new InvitationOffer(
                        token.tenant(),
                        rs.getString("business_name"),
                        new EmailAddress(rs.getString("email")),
                        StaffRole.read(rs),
                        rs.getString("invited_by_name"),
                        rs.getBoolean("known")))
                .optional();
    }

    private void take(InvitationToken token, InvitationOffer offer, long account, String name) {
        jdbc.sql("DELETE FROM invitation WHERE tenant_id = ? AND id = ?")
                .params(token.tenant().value(), token.id())
                .update();
        boolean works = jdbc.sql("SELECT COUNT(*) FROM membership WHERE tenant_id = ? AND account_id = ?")
                        .params(token.tenant().value(), account)
                        .query(Integer.class)
                        .single()
                > 0;
        if (!works) { // somebody who works here meanwhile keeps the role they have
            accounts.addMember(token.tenant(), account, offer.role());
        }
        audit.recordBy(
                token.tenant(),
                account,
                name,
                StaffDeed.INVITATION_ACCEPTED,
                account,
                offer.email().value(),
                AuditChanges.none().and("accounts.role", null, offer.role()));
    }
}
