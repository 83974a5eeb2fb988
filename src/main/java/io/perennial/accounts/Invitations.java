package io.perennial.accounts;

import io.perennial.accounts.StaffRuleException.Rule;
import io.perennial.kernel.EmailAddress;
import io.perennial.kernel.TenantId;
import io.perennial.kernel.TimeOrderedIds;
import io.perennial.tenancy.CurrentTenant;
import io.perennial.tenancy.TenantSql;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Invites people to the business being worked in, by a mail whose link holds for seven days. Who accepts it has shown
 * that the address is theirs: nobody else makes an account for an address.
 *
 * @see InvitationAnswers
 * @see <a href="../../../../../../docs/decisions/0108-invitations-and-roles.md">0108-invitations-and-roles.md</a>
 */
@Service
@PreAuthorize("hasAuthority('staff:manage')")
@TenantSql("Invitations are read with roles and people of no tenant; each statement names the tenant.")
public class Invitations {

    /** At most so many wait for an answer in one business: it is no way to send mails to the world. */
    public static final int MOST = 100;

    /** For how many days a link holds. */
    public static final int DAYS = 7;

    private static final int PAUSE_SECONDS = 60;

    private final JdbcClient jdbc;
    private final Roles roles;
    private final InvitationMails mails;
    private final AuditLog audit;

    Invitations(JdbcClient jdbc, Roles roles, InvitationMails mails, AuditLog audit) {
        this.jdbc = jdbc;
        this.roles = roles;
        this.mails = mails;
        this.audit = audit;
    }

    /** Those that wait for an answer or ran out, the latest first. */
    @Transactional(readOnly = true)
    public List<Invitation> open() {
        return jdbc.sql("SELECT m.*, " + StaffRole.COLUMNS + " FROM invitation m" + StaffRole.JOIN
                        + "WHERE m.tenant_id = ? ORDER BY m.id DESC")
                .param(CurrentTenant.require().value())
                .query(InvitationRows::read)
                .list();
    }

    /**
     * Invites somebody. An invitation that this address has already is replaced, and its link ends.
     *
     * @throws StaffRuleException if they work here, the role is not the asking one's to give, or too many wait
     */
    @Transactional
    public void invite(EmailAddress email, StaffRole wanted) {
        FreshProof.require(); // whoever is invited comes back with a proof of their own
        TenantId tenant = CurrentTenant.require();
        lock(tenant);
        StaffRole role = roles.resolve(tenant, wanted);
        StaffRules.requireMayHandle(role);
        requireNoMember(tenant, email);
        List<Invitation> open = open();
        open.stream().filter(each -> each.email().equals(email)).forEach(this::requireMayReplace);
        if (open.size() >= MOST && open.stream().noneMatch(each -> each.email().equals(email))) {
            throw new StaffRuleException(Rule.TOO_MANY_INVITATIONS);
        }
        jdbc.sql("DELETE FROM invitation WHERE tenant_id = ? AND email = ?")
                .params(tenant.value(), email.value())
                .update();
        InvitationToken token = InvitationToken.fresh(tenant, TimeOrderedIds.next());
        jdbc.sql("INSERT INTO invitation (tenant_id, id, email, role, role_id, token_hash, invited_by_name, mailed_at, "
                        + "expires_at, mail_state) VALUES (?, ?, ?, ?, ?, ?, ?, UTC_TIMESTAMP(6), "
                        + "UTC_TIMESTAMP(6) + INTERVAL " + DAYS + " DAY, 'WAITING')")
                .param(tenant.value())
                .param(token.id())
                .param(email.value())
                .param(role.role().name())
                .param(role.id())
                .param(token.hash())
                .param(inviter())
                .update();
        audit.record(
                StaffDeed.PERSON_INVITED,
                token.id(),
                email.value(),
                AuditChanges.none().and("accounts.role", null, role));
        mails.sendSoon(token, email, role, inviter());
    }

    /**
     * Sends a new mail with a new link for another seven days; the old link ends.
     *
     * @throws StaffRuleException if it is over, the last mail has only just gone out, or the role is not the asking one's
     *     to give
     */
    @Transactional
    public void resend(long id) {
        TenantId tenant = CurrentTenant.require();
        lock(tenant);
        Invitation invitation = require(id);
        StaffRules.requireMayHandle(invitation.role());
        requireMayReplace(invitation);
        InvitationToken token = InvitationToken.fresh(tenant, id);
        jdbc.sql("UPDATE invitation SET token_hash = ?, mailed_at = UTC_TIMESTAMP(6), expires_at = UTC_TIMESTAMP(6) + "
                        + "INTERVAL " + DAYS + " DAY, mail_state = 'WAITING', mail_error = NULL, invited_by_name = ? "
                        + "WHERE tenant_id = ? AND id = ?")
                .params(token.hash(), inviter(), tenant.value(), id)
                .update();
        audit.record(StaffDeed.INVITATION_SENT_AGAIN, id, invitation.email().value());
        mails.sendSoon(token, invitation.email(), invitation.role(), inviter());
    }

    /**
     * Ends an invitation; its link leads nowhere from now on.
     *
     * @throws StaffRuleException if it is over already, or its role is not the asking one's to give
     */
    @Transactional
    public void withdraw(long id) {
        TenantId tenant = CurrentTenant.require();
        lock(tenant);
        Invitation invitation = require(id);
        StaffRules.requireMayHandle(invitation.role());
        jdbc.sql("DELETE FROM invitation WHERE tenant_id = ? AND id = ?")
                .params(tenant.value(), id)
                .update();
        audit.record(StaffDeed.INVITATION_WITHDRAWN, id, invitation.email().value());
    }

    private Invitation require(long id) {
        return open().stream()
                .filter(each -> each.id() == id)
                .findFirst()
                .orElseThrow(() -> new StaffRuleException(Rule.INVITATION_OVER));
    }

    private void requireMayReplace(Invitation invitation) {
        StaffRules.requireMayHandle(invitation.role());
        boolean fresh = jdbc.sql("SELECT COUNT(*) FROM invitation WHERE tenant_id = ? AND id = ? "
                                + "AND mail_state <> 'FAILED' AND mailed_at > UTC_TIMESTAMP(6) - INTERVAL "
                                + PAUSE_SECONDS + " SECOND")
                        .params(CurrentTenant.require().value(), invitation.id())
                        .query(Integer.class)
                        .single()
                > 0;
        if (fresh) {
            throw new StaffRuleException(Rule.JUST_MAILED);
        }
    }

    private void requireNoMember(TenantId tenant, EmailAddress email) {
        boolean works = jdbc.sql("SELECT COUNT(*) FROM staff_account a JOIN membership m ON m.account_id = a.id "
                                + "WHERE a.email = ? AND m.tenant_id = ?")
                        .params(email.value(), tenant.value())
                        .query(Integer.class)
                        .single()
                > 0;
        if (works) {
            throw new StaffRuleException(Rule.ALREADY_MEMBER);
        }
    }

    private static String inviter() {
        return CurrentStaff.find().map(StaffPrincipal::displayName).orElse("Perennial");
    }

    private void lock(TenantId tenant) {
        jdbc.sql("SELECT id FROM business WHERE id = ? FOR UPDATE")
                .param(tenant.value())
                .query(Long.class)
                .single();
    }
}
