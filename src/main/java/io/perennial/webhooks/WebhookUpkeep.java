package io.perennial.webhooks;

import io.perennial.tenancy.TenantSql;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Removes events whose time is over, with what came of them: also what still waited, for an endpoint that is off. */
@Component
@TenantSql("Deletes what is old, of all tenants, in steps along an index.")
class WebhookUpkeep {

    private static final Logger log = LoggerFactory.getLogger(WebhookUpkeep.class);
    private static final int STEP = 1_000;

    private final JdbcClient jdbc;
    private final WebhookProperties properties;

    WebhookUpkeep(JdbcClient jdbc, WebhookProperties properties) {
        this.jdbc = jdbc;
        this.properties = properties;
    }

    @Scheduled(initialDelay = 90, fixedDelay = 1_800, timeUnit = TimeUnit.SECONDS)
    void forget() {
        int gone = 0;
        int step;
        do {
            step = jdbc.sql("DELETE FROM webhook_event /* all tenants */ "
                            + "WHERE at < UTC_TIMESTAMP(6) - INTERVAL ? SECOND LIMIT " + STEP)
                    .param(properties.kept().toSeconds())
                    .update();
            gone += step;
        } while (step == STEP);
        if (gone > 0) {
            log.info("Forgot {} old events of webhooks", gone);
        }
    }
}
