package io.perennial.delivery;

import io.perennial.kernel.TenantId;
import io.perennial.kernel.TimeOrderedIds;
import io.perennial.tenancy.TenantSql;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The workers' side of the ledger. Each method is a transaction of its own, none of which spans network I/O. All times
 * are the database's, so nodes' clocks do not matter.
 *
 * @see <a href="../../../../../docs/decisions/0501-delivery-ledger.md">0501-delivery-ledger.md</a>
 */
@Component
@TenantSql(
        "Claims with SKIP LOCKED and marks in batches. Workers serve all tenants: they list the runs of all of them, "
                + "and every other statement names one.")
class Ledger {

    private static final String RUN_COLUMNS =
            "tenant_id, id, state, composer, reference, sender_name, sender_email, reply_to, topic";

    private final JdbcClient jdbc;
    private final JdbcTemplate batches;
    private final TransactionTemplate transaction;
    private final Duration lease;

    Ledger(
            JdbcClient jdbc,
            JdbcTemplate batches,
            PlatformTransactionManager transactions,
            DeliveryProperties properties) {
        this.jdbc = jdbc;
        this.batches = batches;
        this.transaction = new TransactionTemplate(transactions);
        this.transaction.setIsolationLevel(TransactionDefinition.ISOLATION_READ_COMMITTED);
        this.lease = properties.lease();
    }

    /** The runs that have, or may have, something to do: of every tenant. */
    List<Run> active() {
        return jdbc.sql("/* all tenants */ SELECT " + RUN_COLUMNS + " FROM delivery_run "
                        + "WHERE state IN ('SENDING', 'PAUSED') "
                        + "OR (state = 'CANCELLED' AND finished_at > UTC_TIMESTAMP(6) - INTERVAL 1 DAY) "
                        + "ORDER BY tenant_id, id")
                .query((rs, row) -> new Run(
                        new TenantId(rs.getLong(1)),
                        new RunId(rs.getLong(2)),
                        RunState.valueOf(rs.getString(3)),
                        rs.getString(4),
                        rs.getLong(5),
                        rs.getString(6),
                        rs.getString(7),
                        rs.getString(8),
                        rs.getString(9)))
                .list();
    }

    /** Takes waiting messages of a run that is being sent: up to {@code limit}, none if there are none. */
    Claim claim(Run run, int limit) {
        long fence = TimeOrderedIds.next();
        long deadline = System.nanoTime() + lease.toNanos();
        List<Claim.Held> held = transaction.execute(status -> {
            if (stateOf(run) != RunState.SENDING) {
                return List.of();
            }
            List<Claim.Held> rows = jdbc.sql("SELECT id, customer_id, email, attempts, "
                            + "COALESCE(TIMESTAMPDIFF(SECOND, first_attempt_at, UTC_TIMESTAMP(6)), 0) "
                            + "FROM message FORCE INDEX (ix_message_state) "
                            + "WHERE tenant_id = ? AND run_id = ? AND state = 'PENDING' "
                            + "ORDER BY id LIMIT ? FOR UPDATE SKIP LOCKED")
                    .params(run.tenant().value(), run.id().value(), limit)
                    .query((rs, row) ->
                            new Claim.Held(rs.getLong(1), rs.getLong(2), rs.getString(3), rs.getInt(4), rs.getLong(5)))
                    .list();
            if (!rows.isEmpty()) {
                List<Object> params = new ArrayList<>(
                        List.of(fence, lease.toMillis() * 1000, run.tenant().value()));
                rows.forEach(row -> params.add(row.id()));
                jdbc.sql("UPDATE message SET state = 'CLAIMED', fence = ?, "
                                + "lease_until = UTC_TIMESTAMP(6) + INTERVAL ? MICROSECOND "
                                + "WHERE tenant_id = ? AND id IN (" + marks(rows.size()) + ")")
                        .params(params)
                        .update();
            }
            return rows;
        });
        return new Claim(run, fence, deadline, held);
    }

    /**
     * Commits that these messages of a claim are about to be transmitted.
     *
     * @return those that are still this claim's to transmit; none when the run is no longer being sent
     */
    Set<Long> begin(Claim claim, List<Long> ids) {
        return transaction.execute(status -> stateOf(claim.run()) == RunState.SENDING ? begun(claim, ids) : Set.of());
    }

    /** Prolongs the lease of messages still waiting for their turn within a claim. */
    void renew(Claim claim, List<Long> ids) {
        List<Object> params = new ArrayList<>(
                List.of(lease.toMillis() * 1000, claim.run().tenant().value(), claim.fence()));
        params.addAll(ids);
        jdbc.sql("UPDATE message SET lease_until = UTC_TIMESTAMP(6) + INTERVAL ? MICROSECOND "
                        + "WHERE tenant_id = ? AND fence = ? AND state = 'CLAIMED' AND id IN (" + marks(ids.size())
                        + ")")
                .params(params)
                .update();
    }

    private Set<Long> begun(Claim claim, List<Long> ids) {
        List<Object> params = new ArrayList<>(
                List.of(lease.toMillis() * 1000, claim.run().tenant().value(), claim.fence()));
        params.addAll(ids);
        int begun = jdbc.sql("UPDATE message SET state = 'TRANSMITTING', "
                        + "lease_until = UTC_TIMESTAMP(6) + INTERVAL ? MICROSECOND "
                        + "WHERE tenant_id = ? AND fence = ? AND state = 'CLAIMED' AND id IN (" + marks(ids.size())
                        + ")")
                .params(params)
                .update();
        if (begun == ids.size()) {
            return Set.copyOf(ids);
        }
        // Some are no longer ours, or an earlier try was committed although its answer was lost.
        return new HashSet<>(jdbc.sql("SELECT id FROM message WHERE tenant_id = ? AND fence = ? "
                        + "AND state = 'TRANSMITTING' AND id IN (" + marks(ids.size()) + ")")
                .params(params.subList(1, params.size()))
                .query((rs, row) -> rs.getLong(1))
                .list());
    }

    /** Records what became of messages of a claim. What was taken over by another claim meanwhile stays as it is. */
    void settle(Claim claim, List<Mark> marks) {
        if (!marks.isEmpty()) {
            transaction.executeWithoutResult(status -> write(claim, marks));
        }
    }

    private void write(Claim claim, List<Mark> marks) {
        long tenant = claim.run().tenant().value();
        int[] changed = batches.batchUpdate(
                "UPDATE message SET state = ?, detail = NULLIF(?, ''), attempts = attempts + ?, "
                        + "first_attempt_at = IF(? = 1, COALESCE(first_attempt_at, UTC_TIMESTAMP(6)), first_attempt_at), "
                        + "next_attempt_at = UTC_TIMESTAMP(6) + INTERVAL NULLIF(?, -1) SECOND, "
                        + "changed_at = UTC_TIMESTAMP(6), sent_at = IF(? = 1, UTC_TIMESTAMP(6), NULL), "
                        + "bounced_at = IF(? = 1, UTC_TIMESTAMP(6), NULL), lease_until = NULL "
                        + "WHERE tenant_id = ? AND id = ? AND fence = ? AND state IN ('CLAIMED', 'TRANSMITTING')",
                marks.stream().map(mark -> columns(claim, mark)).toList());
        int bounced = 0;
        for (int i = 0; i < changed.length; i++) {
            if (changed[i] > 0 && marks.get(i).bounced()) {
                bounced++;
            }
        }
        if (bounced > 0) {
            jdbc.sql("UPDATE delivery_run SET bounced = bounced + ? WHERE tenant_id = ? AND id = ?")
                    .params(bounced, tenant, claim.run().id().value())
                    .update();
        }
    }

    private static Object[] columns(Claim claim, Mark mark) {
        int attempt = mark.counted() ? 1 : 0;
        return new Object[] {
            mark.state().name(),
            mark.detail() == null ? "" : mark.detail(),
            attempt,
            attempt,
            mark.delay() == null ? -1L : mark.delay().toSeconds(),
            mark.state() == MessageState.SENT ? 1 : 0,
            mark.bounced() ? 1 : 0,
            claim.run().tenant().value(),
            mark.id(),
            claim.fence()
        };
    }

    /** Pauses a run that is being sent, with the reason shown to staff. */
    void pauseBecause(Run run, String reason) {
        jdbc.sql("UPDATE delivery_run SET state = 'PAUSED', state_reason = ? "
                        + "WHERE tenant_id = ? AND id = ? AND state = 'SENDING'")
                .params(
                        reason.substring(0, Math.min(500, reason.length())),
                        run.tenant().value(),
                        run.id().value())
                .update();
    }

    private RunState stateOf(Run run) {
        return RunState.valueOf(jdbc.sql("SELECT state FROM delivery_run WHERE tenant_id = ? AND id = ?")
                .params(run.tenant().value(), run.id().value())
                .query(String.class)
                .single());
    }

    static String marks(int count) {
        return "?,".repeat(count - 1) + "?";
    }
}
