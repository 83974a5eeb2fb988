package io.perennial.accounts;

import static io.perennial.uikit.Texts.t;

import io.perennial.kernel.EmailAddress;
import io.perennial.tenancy.TenantSql;
import java.util.List;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Writes the mails of invitations and notes what became of them. */
@Component
@TenantSql("The mail server's answer comes on a thread of no business; the statement names the tenant.")
class InvitationMails {

    private static final int LONGEST_ERROR = 300;

    private final JdbcClient jdbc;
    private final Businesses businesses;
    private final ObjectProvider<StaffMails> mails;

    InvitationMails(JdbcClient jdbc, Businesses businesses, ObjectProvider<StaffMails> mails) {
        this.jdbc = jdbc;
        this.businesses = businesses;
        this.mails = mails;
    }

    void sendSoon(InvitationToken token, EmailAddress to, StaffRole role, String inviter) {
        String business = businesses.require(token.tenant()).name();
        StaffMail mail = new StaffMail(
                to,
                t("accounts.invitation.mail_subject", inviter, business),
                t("accounts.invitation.mail_title", business),
                List.of(
                        t("accounts.invitation.mail_text", inviter, business, role.label()),
                        t("accounts.invitation.mail_until", Invitations.DAYS)),
                t("accounts.invitation.mail_button"),
                "invitation/" + token.text(),
                t("accounts.invitation.mail_closing"));
        mails.getObject().sendSoon(mail, outcome -> note(token, outcome));
    }

    /** Of this very mail: by the hash, for another may have been sent meanwhile. */
    private void note(InvitationToken token, Optional<String> error) {
        jdbc.sql("UPDATE invitation SET mail_state = ?, mail_error = ? "
                        + "WHERE tenant_id = ? AND id = ? AND token_hash = ?")
                .param(error.isEmpty() ? "TAKEN" : "FAILED")
                .param(error.map(text -> text.length() > LONGEST_ERROR ? text.substring(0, LONGEST_ERROR) : text)
                        .orElse(null))
                .param(token.tenant().value())
                .param(token.id())
                .param(token.hash())
                .update();
    }
}
