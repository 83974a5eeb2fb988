package io.perennial.accounts;

import static io.perennial.uikit.Texts.t;

import io.perennial.kernel.EmailAddress;
import io.perennial.tenancy.TenantSql;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Tells the owners of a business that an operator has come in, and why. */
@Component
@TenantSql("Written as the operator still stands outside; the statement names the business.")
class VisitMails {

    private final JdbcClient jdbc;
    private final Businesses businesses;
    private final ObjectProvider<StaffMails> mails;

    VisitMails(JdbcClient jdbc, Businesses businesses, ObjectProvider<StaffMails> mails) {
        this.jdbc = jdbc;
        this.businesses = businesses;
        this.mails = mails;
    }

    void tellOwners(OperatorVisit visit, String operator) {
        String business = businesses.require(visit.tenant()).name();
        String extent = t(visit.mayWrite() ? "accounts.visit.mail_write" : "accounts.visit.mail_read");
        jdbc.sql("SELECT a.email FROM membership m JOIN staff_account a ON a.id = m.account_id "
                        + "WHERE m.tenant_id = ? AND m.role = 'OWNER' AND a.enabled ORDER BY a.id LIMIT 50")
                .param(visit.tenantId())
                .query(String.class)
                .list()
                .forEach(owner -> mails.getObject()
                        .sendSoon(new StaffMail(
                                new EmailAddress(owner),
                                t("accounts.visit.mail_subject", business),
                                t("accounts.visit.mail_title", operator, business),
                                List.of(
                                        t("accounts.visit.mail_reason", visit.reason()),
                                        extent,
                                        t("accounts.visit.mail_log")),
                                t("accounts.visit.mail_button"),
                                "settings/audit?operators",
                                t("accounts.visit.mail_closing"))));
    }
}
