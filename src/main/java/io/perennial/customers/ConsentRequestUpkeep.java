package io.perennial.customers;

import io.perennial.accounts.ActingAs;
import io.perennial.kernel.TenantId;
import io.perennial.tenancy.TenantSql;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Sends the confirmation mails that a node took down with it before it sent them, and forgets requests whose time is over.
 * Nobody is reminded.
 */
@Component
@TenantSql("Finds the requests of all tenants that are due, then works in the scope of each.")
class ConsentRequestUpkeep {

    private static final Logger log = LoggerFactory.getLogger(ConsentRequestUpkeep.class);

    private final JdbcClient jdbc;
    private final ConsentRequests requests;
    private final ObjectProvider<ConfirmationMails> mails;

    ConsentRequestUpkeep(JdbcClient jdbc, ConsentRequests requests, ObjectProvider<ConfirmationMails> mails) {
        this.jdbc = jdbc;
        this.requests = requests;
        this.mails = mails;
    }

    private record Due(TenantId tenant, long id) {}

    @Scheduled(initialDelay = 2, fixedDelay = 2, timeUnit = TimeUnit.MINUTES)
    void sendLeftovers() {
        List<Due> due = jdbc.sql("/* all tenants */ SELECT tenant_id, id FROM consent_request "
                        + "WHERE next_mail_at < UTC_TIMESTAMP(6) - INTERVAL 1 MINUTE ORDER BY next_mail_at LIMIT 200")
                .query((rs, n) -> new Due(new TenantId(rs.getLong(1)), rs.getLong(2)))
                .list();
        for (Due one : due) {
            ActingAs.system(one.tenant(), () -> {
                Optional<ConsentRequest> request = requests.find(one.id());
                request.ifPresent(found -> mails.ifAvailable(mailer -> mailer.sendSoon(found)));
            });
        }
    }

    @Scheduled(initialDelay = 7, fixedDelay = 60, timeUnit = TimeUnit.MINUTES)
    void forgetExpired() {
        int gone;
        do {
            gone = jdbc.sql("/* all tenants */ DELETE FROM consent_request WHERE expires_at < UTC_TIMESTAMP(6) "
                            + "ORDER BY expires_at LIMIT 1000")
                    .update();
            if (gone > 0) {
                log.info("{} requests for consent expired and were forgotten", gone);
            }
        } while (gone == 1000);
    }
}
