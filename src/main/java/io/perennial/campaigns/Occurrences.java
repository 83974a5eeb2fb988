package io.perennial.campaigns;

import io.perennial.kernel.TenantId;
import io.perennial.tenancy.TenantSql;
import java.time.Instant;
import java.util.List;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The times at which campaigns came due, each claimed once by a unique row: whoever inserts it decides, anybody else
 * (another node, a second firing, the recovery) finds it there and does nothing. The claim lives and dies with the
 * transaction that launches.
 */
@Component
@TenantSql(
        "Claims need the insert's own answer; the search for due campaigns spans tenants and opens a scope for each.")
class Occurrences {

    enum Outcome {
        LAUNCHED,
        EMPTY,
        SKIPPED,
        ASKED
    }

    /** A campaign whose time has come. */
    record Due(TenantId tenant, CampaignId campaign, Instant plannedAt) {}

    private final JdbcClient jdbc;

    Occurrences(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The database's time: nodes' clocks may differ, it is one for all. */
    Instant databaseTime() {
        return jdbc.sql("SELECT UTC_TIMESTAMP(6)")
                .query((rs, n) -> UtcTimes.fromColumn(rs, 1))
                .single();
    }

    /** Whether this caller is the one to act on the occurrence. */
    boolean claim(Due due, Outcome outcome) {
        try {
            jdbc.sql("INSERT INTO campaign_occurrence (tenant_id, campaign_id, planned_at, claimed_at, outcome) "
                            + "VALUES (?, ?, ?, UTC_TIMESTAMP(6), ?)")
                    .params(
                            due.tenant().value(),
                            due.campaign().value(),
                            UtcTimes.toColumn(due.plannedAt()),
                            outcome.name())
                    .update();
            return true;
        } catch (DuplicateKeyException e) {
            return false;
        }
    }

    /** Scheduled campaigns of all tenants that were due some seconds ago and that nobody launched. */
    List<Due> overdue(int graceSeconds, int limit) {
        return jdbc.sql("SELECT /* all tenants */ tenant_id, id, send_at FROM campaign "
                        + "WHERE status = 'SCHEDULED' AND send_at <= UTC_TIMESTAMP(6) - INTERVAL ? SECOND "
                        + "ORDER BY send_at LIMIT ?")
                .params(graceSeconds, limit)
                .query((rs, n) ->
                        new Due(new TenantId(rs.getLong(1)), new CampaignId(rs.getLong(2)), UtcTimes.fromColumn(rs, 3)))
                .list();
    }
}
