package io.perennial.insights;

import io.perennial.kernel.TenantId;
import io.perennial.tenancy.TenantSql;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Who computes which business's figures: one row each, claimed by one node at a time. A claim ends by itself after a
 * while, so a node that died is taken over; a request made during a run starts another.
 */
@Component
@TenantSql("The ledger of runs, each row by tenant; the list of requested runs is read over all tenants by the worker, "
        + "which opens a scope for each.")
class RunLedger {

    private static final int CLAIM_MINUTES = 30;

    private final JdbcClient jdbc;

    RunLedger(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Transactional
    void request(TenantId tenant, Instant now) {
        jdbc.sql("INSERT INTO insight_run (tenant_id, requested_at) VALUES (?, ?) "
                        + "ON DUPLICATE KEY UPDATE requested_at = VALUES(requested_at)")
                .params(tenant.value(), utc(now))
                .update();
    }

    /** Businesses whose run was asked for and is nobody's now, oldest request first. */
    @Transactional(readOnly = true)
    List<TenantId> waiting(Instant now) {
        return jdbc.sql("/* all tenants */ SELECT tenant_id FROM insight_run WHERE requested_at IS NOT NULL "
                        + "AND (claimed_until IS NULL OR claimed_until < ?) ORDER BY requested_at")
                .param(utc(now))
                .query((rs, n) -> new TenantId(rs.getLong(1)))
                .list();
    }

    /** Takes the business for this node; false where nothing is asked for or another one has it. */
    @Transactional
    boolean claim(TenantId tenant, String claimant, Instant now) {
        return jdbc.sql("UPDATE insight_run SET claimed_by = ?, claimed_until = ?, requested_at = NULL "
                                + "WHERE tenant_id = ? AND requested_at IS NOT NULL "
                                + "AND (claimed_until IS NULL OR claimed_until < ?)")
                        .params(claimant, utc(now.plusSeconds(CLAIM_MINUTES * 60L)), tenant.value(), utc(now))
                        .update()
                == 1;
    }

    /** Ends the claim, with what went wrong or nothing. Does nothing where the claim was lost meanwhile. */
    @Transactional
    void finish(TenantId tenant, String claimant, Instant now, @Nullable String failure) {
        jdbc.sql("UPDATE insight_run SET claimed_by = NULL, claimed_until = NULL, finished_at = ?, failure = ? "
                        + "WHERE tenant_id = ? AND claimed_by = ?")
                .param(utc(now))
                .param(failure)
                .param(tenant.value())
                .param(claimant)
                .update();
    }

    @Transactional(readOnly = true)
    Optional<RunStatus> find(TenantId tenant, Instant now) {
        return jdbc.sql("SELECT requested_at, claimed_until, finished_at, failure FROM insight_run WHERE tenant_id = ?")
                .param(tenant.value())
                .query((rs, n) -> {
                    Instant claimedUntil = instant(rs.getObject(2, LocalDateTime.class));
                    boolean running = claimedUntil != null && claimedUntil.isAfter(now);
                    return new RunStatus(
                            running || rs.getObject(1) != null,
                            instant(rs.getObject(3, LocalDateTime.class)),
                            rs.getString(4));
                })
                .optional();
    }

    private static LocalDateTime utc(Instant at) {
        return LocalDateTime.ofInstant(at, ZoneOffset.UTC);
    }

    private static @Nullable Instant instant(@Nullable LocalDateTime utc) {
        return utc == null ? null : utc.toInstant(ZoneOffset.UTC);
    }
}
