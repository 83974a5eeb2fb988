package io.perennial.delivery.sender;

import io.perennial.accounts.ActingAs;
import io.perennial.kernel.TenantId;
import io.perennial.tenancy.TenantSql;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Looks into the DNS for keys that wait for their record, so that nobody needs to come back to switch them on, and once
 * a day for those in use. Several nodes may look: it changes nothing twice.
 */
@Component
@TenantSql("Finds the businesses whose keys are to be looked for; ids only, each is then worked on in its own scope.")
class SenderWatch {

    private static final Logger log = LoggerFactory.getLogger(SenderWatch.class);

    private final JdbcClient jdbc;
    private final SenderDomain domains;

    SenderWatch(JdbcClient jdbc, SenderDomain domains) {
        this.jdbc = jdbc;
        this.domains = domains;
    }

    /** Waiting ones for a month, as nobody publishes them later; those in use each day. */
    private List<TenantId> due() {
        return jdbc.sql(
                        "SELECT DISTINCT tenant_id FROM dkim_key /* all tenants */ WHERE "
                                + "(state = 'WAITING' AND seen_at IS NULL AND created_at > UTC_TIMESTAMP(6) - INTERVAL 30 DAY) "
                                + "OR (state = 'ACTIVE' AND (checked_at IS NULL OR checked_at < UTC_TIMESTAMP(6) - INTERVAL 1 DAY))")
                .query((rs, row) -> new TenantId(rs.getLong(1)))
                .list();
    }

    @Scheduled(initialDelay = 10, fixedDelay = 10, timeUnit = TimeUnit.MINUTES)
    void look() {
        for (TenantId tenant : due()) {
            try {
                ActingAs.system(tenant, () -> domains.report(true));
            } catch (RuntimeException e) {
                log.warn("The sender domain of business {} could not be checked: {}", tenant, e.getMessage());
            }
        }
    }
}
