package io.perennial.delivery;

import io.perennial.delivery.MarkWriter.Tally;
import io.perennial.kernel.TenantId;
import io.perennial.kernel.TimeOrderedIds;
import io.perennial.tenancy.TenantSql;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The workers' side of the ledger. Each method is a transaction of its own, none of which spans network I/O. All times
 * are the database's, so nodes' clocks do not matter. Rows are locked in the order claim, messages, cursor.
 *
 * @see <a href="../../../../../docs/decisions/0501-delivery-ledger.md">0501-delivery-ledger.md</a>
 */
@Component
@TenantSql("Claims under locks and marks in batches. Workers serve all tenants: they list the runs of all of them, "
        + "and every other statement names one.")
class Ledger {

    private static final String RUN_COLUMNS =
            "tenant_id, id, state, composer, reference, sender_name, sender_email, reply_to, topic";

    private static final int CLAIM_ATTEMPTS = 3;

    private final JdbcClient jdbc;
    private final MarkWriter writer;
    private final TransactionTemplate transaction;
    private final Pulse pulse;
    private final Duration lease;

    Ledger(
            JdbcClient jdbc,
            MarkWriter writer,
            PlatformTransactionManager transactions,
            Pulse pulse,
            DeliveryProperties properties) {
        this.jdbc = jdbc;
        this.writer = writer;
        this.transaction = new TransactionTemplate(transactions);
        this.transaction.setIsolationLevel(TransactionDefinition.ISOLATION_READ_COMMITTED);
        this.pulse = pulse;
        this.lease = properties.lease();
    }

    /** Of the node in whose name this claims. */
    Pulse pulse() {
        return pulse;
    }

    /** The runs that have, or may have, something to do: of every business that may work. */
    List<Run> active() {
        return jdbc.sql("/* all tenants */ SELECT " + RUN_COLUMNS + " FROM delivery_run "
                        + "WHERE (state IN ('SENDING', 'PAUSED') "
                        + "OR (state = 'CANCELLED' AND finished_at > UTC_TIMESTAMP(6) - INTERVAL 1 DAY)) "
                        + "AND EXISTS (SELECT 1 FROM business b WHERE b.id = delivery_run.tenant_id "
                        + "AND b.suspended_at IS NULL AND b.delete_at IS NULL) "
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

    /** What a look without a lock finds waiting. */
    private record Waiting(boolean fresh, boolean due) {}

    /** Takes waiting messages of a run that is being sent: up to {@code limit}, none if there are none. */
    Claim claim(Run run, int limit) {
        for (int attempt = 1; ; attempt++) {
            try {
                return claimOnce(run, limit);
            } catch (
                    PessimisticLockingFailureException e) { // the database picked this one of two that waited in a ring
                if (attempt == CLAIM_ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private Claim claimOnce(Run run, int limit) {
        long fence = TimeOrderedIds.next();
        long deadline = System.nanoTime() + lease.toNanos();
        Waiting waiting = waiting(run);
        if (waiting.due()) {
            List<Claim.Held> due = transaction.execute(status -> takeDue(run, fence, limit));
            if (!due.isEmpty()) {
                return new Claim(run, fence, deadline, due, false, false);
            }
        }
        Range range = waiting.fresh() ? transaction.execute(status -> takeRange(run, fence, limit)) : null;
        if (range == null) {
            return new Claim(run, fence, deadline, List.of(), true, true);
        }
        return new Claim(run, fence, deadline, messages(run, range), true, range.last());
    }

    private Waiting waiting(Run run) {
        return jdbc.sql(
                        "SELECT q.claimed_to < q.last_id, EXISTS (SELECT 1 FROM message m WHERE m.tenant_id = q.tenant_id "
                                + "AND m.run_id = q.run_id AND m.odd_state = 'RETRY_AT' "
                                + "AND m.next_attempt_at <= UTC_TIMESTAMP(6)) FROM delivery_cursor q "
                                + "JOIN delivery_run r ON r.tenant_id = q.tenant_id AND r.id = q.run_id "
                                + "WHERE q.tenant_id = ? AND q.run_id = ? AND r.state = 'SENDING'")
                .params(run.tenant().value(), run.id().value())
                .query((rs, row) -> new Waiting(rs.getBoolean(1), rs.getBoolean(2)))
                .optional()
                .orElse(new Waiting(false, false));
    }

    /** Ids of fresh messages, and whether they are the last of the run. */
    private record Range(long from, long to, boolean last) {}

    /** The next fresh ones: two small writes, however many they are. */
    private @Nullable Range takeRange(Run run, long fence, int limit) {
        Range range = jdbc.sql("SELECT claimed_to, last_id FROM delivery_cursor WHERE tenant_id = ? AND run_id = ? "
                        + "FOR UPDATE")
                .params(run.tenant().value(), run.id().value())
                .query((rs, row) -> {
                    long last = rs.getLong(2);
                    long to = Math.min(rs.getLong(1) + limit, last);
                    return new Range(rs.getLong(1) + 1, to, to == last);
                })
                .single();
        if (range.from() > range.to()) {
            return null;
        }
        jdbc.sql("UPDATE delivery_cursor SET claimed_to = ? WHERE tenant_id = ? AND run_id = ?")
                .params(range.to(), run.tenant().value(), run.id().value())
                .update();
        open(run, fence, range);
        return range;
    }

    private List<Claim.Held> messages(Run run, Range range) {
        return jdbc.sql("SELECT id, customer_id, email FROM message WHERE tenant_id = ? AND id BETWEEN ? AND ? "
                        + "AND run_id = ? ORDER BY id")
                .params(run.tenant().value(), range.from(), range.to(), run.id().value())
                .query((rs, row) -> new Claim.Held(rs.getLong(1), rs.getLong(2), rs.getString(3), 0, 0))
                .list();
    }

    /** Those that are to be tried again, row by row. */
    private List<Claim.Held> takeDue(Run run, long fence, int limit) {
        List<Claim.Held> rows = new ArrayList<>(jdbc.sql("SELECT id, customer_id, email, attempts, "
                        + "COALESCE(TIMESTAMPDIFF(SECOND, first_attempt_at, UTC_TIMESTAMP(6)), 0) "
                        + "FROM message FORCE INDEX (ix_message_odd) "
                        + "WHERE tenant_id = ? AND run_id = ? AND odd_state = 'RETRY_AT' "
                        + "AND next_attempt_at <= UTC_TIMESTAMP(6) "
                        + "ORDER BY next_attempt_at, id LIMIT ? FOR UPDATE SKIP LOCKED")
                .params(run.tenant().value(), run.id().value(), limit)
                .query((rs, row) ->
                        new Claim.Held(rs.getLong(1), rs.getLong(2), rs.getString(3), rs.getInt(4), rs.getLong(5)))
                .list());
        if (rows.isEmpty()) {
            return rows;
        }
        rows.sort(Comparator.comparingLong(Claim.Held::id));
        List<Object> params = new ArrayList<>(List.of(fence, run.tenant().value()));
        rows.forEach(row -> params.add(row.id()));
        jdbc.sql("UPDATE message SET state = 'CLAIMED', next_attempt_at = NULL, fence = ? WHERE tenant_id = ? "
                        + "AND id IN (" + marks(rows.size()) + ")")
                .params(params)
                .update();
        open(run, fence, null);
        return rows;
    }

    private void open(Run run, long fence, @Nullable Range range) {
        jdbc.sql("INSERT INTO delivery_claim (tenant_id, fence, run_id, node, first_id, last_id, lease_until) "
                        + "VALUES (?, ?, ?, ?, ?, ?, UTC_TIMESTAMP(6) + INTERVAL ? MICROSECOND)")
                .param(run.tenant().value())
                .param(fence)
                .param(run.id().value())
                .param(pulse.id())
                .param(range == null ? null : range.from())
                .param(range == null ? null : range.to())
                .param(lease.toMillis() * 1000)
                .update();
    }

    /**
     * Commits that the messages of a claim up to this id are about to be transmitted, and what became of those before,
     * and prolongs the lease. All of smaller ids must be settled by now, or be among those about to be transmitted.
     *
     * @param known marks to be written
     * @return whether they may be transmitted: not when the run is no longer being sent or the claim was taken over
     */
    boolean begin(Claim claim, long upTo, List<Mark> known) {
        return transaction.execute(status -> {
            boolean begun = count(claim, Tally.of(known), upTo);
            if (begun || count(claim, Tally.of(known), null)) {
                write(claim, known);
            }
            return begun;
        });
    }

    /** Records what became of messages of a claim. Nothing, when it was taken over meanwhile. */
    void settle(Claim claim, List<Mark> marks) {
        transaction.executeWithoutResult(status -> {
            if (count(claim, Tally.of(marks), null)) {
                write(claim, marks);
            }
        });
    }

    /** Records what became of the last of its messages, and lets the claim go: it holds nothing any more. */
    void end(Claim claim, List<Mark> marks) {
        transaction.executeWithoutResult(status -> {
            if (!count(claim, Tally.of(marks), null)) {
                return;
            }
            write(claim, marks);
            fold(jdbc, claim.run(), claim.fence());
        });
    }

    /** Counts in the claim's row, which is locked by it; false if there is none, or the run may not begin anything. */
    private boolean count(Claim claim, Tally tally, @Nullable Long begunTo) {
        List<Object> params = new ArrayList<>(List.of(tally.settled(), tally.sent(), tally.failed(), tally.skipped()));
        if (begunTo != null) {
            params.add(begunTo);
            params.add(lease.toMillis() * 1000);
        }
        params.add(claim.run().tenant().value());
        params.add(claim.fence());
        if (begunTo != null) {
            params.add(claim.run().tenant().value());
            params.add(claim.run().id().value());
        }
        return jdbc.sql("UPDATE delivery_claim SET settled = settled + ?, sent = sent + ?, failed = failed + ?, "
                                + "skipped = skipped + ?"
                                + (begunTo == null
                                        ? ""
                                        : ", begun_to = ?, lease_until = UTC_TIMESTAMP(6) + INTERVAL ? MICROSECOND")
                                + " WHERE tenant_id = ? AND fence = ?"
                                // A subquery, as it takes no lock on the run's row; a join would.
                                + (begunTo == null
                                        ? ""
                                        : " AND EXISTS (SELECT 1 FROM delivery_run r WHERE r.tenant_id = ? AND r.id = ? "
                                                + "AND r.state = 'SENDING')"))
                        .params(params)
                        .update()
                == 1;
    }

    private void write(Claim claim, List<Mark> marks) {
        if (marks.isEmpty()) {
            return;
        }
        Tally counted = Tally.of(marks);
        Tally written = writer.write(claim, marks);
        if (!written.equals(counted)) {
            count(claim, written.minus(counted), null); // a repeated write, whose first try was committed after all
        }
    }

    /** Ends a claim whose row is locked: what it counted goes to the run. */
    static void fold(JdbcClient jdbc, Run run, long fence) {
        jdbc.sql("UPDATE delivery_cursor q JOIN delivery_claim c ON c.tenant_id = q.tenant_id AND c.run_id = q.run_id "
                        + "SET q.sent = q.sent + c.sent, q.failed = q.failed + c.failed, "
                        + "q.skipped = q.skipped + c.skipped WHERE c.tenant_id = ? AND c.fence = ?")
                .params(run.tenant().value(), fence)
                .update();
        jdbc.sql("DELETE FROM delivery_claim WHERE tenant_id = ? AND fence = ?")
                .params(run.tenant().value(), fence)
                .update();
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

    static String marks(int count) {
        return "?,".repeat(count - 1) + "?";
    }
}
