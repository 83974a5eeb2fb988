package io.perennial.delivery;

import io.perennial.kernel.TenantId;
import io.perennial.kernel.TimeOrderedIds;
import io.perennial.tenancy.TenantSql;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

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

    private static final JsonMapper JSON = new JsonMapper();
    private static final String RUN_COLUMNS =
            "tenant_id, id, state, composer, reference, sender_name, sender_email, reply_to, topic";

    private final JdbcClient jdbc;
    private final JdbcTemplate batches;
    private final TransactionTemplate transaction;
    private final Pulse pulse;
    private final Duration lease;
    /** Up to where this node has claimed: behind it the index is full of entries just left. */
    private final Map<Run.Key, Long> claimedTo = new ConcurrentHashMap<>();

    Ledger(
            JdbcClient jdbc,
            JdbcTemplate batches,
            PlatformTransactionManager transactions,
            Pulse pulse,
            DeliveryProperties properties) {
        this.jdbc = jdbc;
        this.batches = batches;
        this.transaction = new TransactionTemplate(transactions);
        this.transaction.setIsolationLevel(TransactionDefinition.ISOLATION_READ_COMMITTED);
        this.pulse = pulse;
        this.lease = properties.lease();
    }

    /** Of the node in whose name this claims. */
    Pulse pulse() {
        return pulse;
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
            long from = claimedTo.getOrDefault(run.key(), 0L);
            List<Claim.Held> rows = waiting(run, from, limit);
            if (rows.isEmpty() && from > 0) {
                claimedTo.remove(run.key());
                rows = waiting(run, 0, limit);
            }
            if (!rows.isEmpty()) {
                claimedTo.merge(run.key(), rows.getLast().id(), Math::max);
                hold(run, fence, rows);
            }
            return rows;
        });
        return new Claim(run, fence, deadline, held);
    }

    private List<Claim.Held> waiting(Run run, long after, int limit) {
        return jdbc.sql("SELECT id, customer_id, email, attempts, "
                        + "COALESCE(TIMESTAMPDIFF(SECOND, first_attempt_at, UTC_TIMESTAMP(6)), 0) "
                        + "FROM message FORCE INDEX (ix_message_state) "
                        + "WHERE tenant_id = ? AND run_id = ? AND state = 'PENDING' AND id > ? "
                        + "ORDER BY id LIMIT ? FOR UPDATE SKIP LOCKED")
                .params(run.tenant().value(), run.id().value(), after, limit)
                .query((rs, row) ->
                        new Claim.Held(rs.getLong(1), rs.getLong(2), rs.getString(3), rs.getInt(4), rs.getLong(5)))
                .list();
    }

    private void hold(Run run, long fence, List<Claim.Held> rows) {
        List<Object> params = new ArrayList<>(List.of(fence, run.tenant().value()));
        rows.forEach(row -> params.add(row.id()));
        jdbc.sql("UPDATE message SET state = 'CLAIMED', fence = ? WHERE tenant_id = ? AND id IN (" + marks(rows.size())
                        + ")")
                .params(params)
                .update();
        jdbc.sql("INSERT INTO delivery_claim (tenant_id, fence, run_id, node, lease_until) "
                        + "VALUES (?, ?, ?, ?, UTC_TIMESTAMP(6) + INTERVAL ? MICROSECOND)")
                .params(run.tenant().value(), fence, run.id().value(), pulse.id(), lease.toMillis() * 1000)
                .update();
    }

    /**
     * Commits that these messages of a claim are about to be transmitted, and prolongs its lease. Those of smaller ids
     * must have been settled.
     *
     * @return those that are still this claim's to transmit: all, or none when the run is no longer being sent or the
     *     claim was taken over
     */
    Set<Long> begin(Claim claim, List<Long> ids) {
        int begun = jdbc.sql("UPDATE delivery_claim c "
                        + "JOIN delivery_run r ON r.tenant_id = c.tenant_id AND r.id = c.run_id "
                        + "SET c.begun_to = ?, c.lease_until = UTC_TIMESTAMP(6) + INTERVAL ? MICROSECOND "
                        + "WHERE c.tenant_id = ? AND c.fence = ? AND r.state = 'SENDING'")
                .params(
                        Collections.max(ids),
                        lease.toMillis() * 1000,
                        claim.run().tenant().value(),
                        claim.fence())
                .update();
        return begun == 1 ? Set.copyOf(ids) : Set.of();
    }

    /** Records what became of messages of a claim. What was taken over by another claim meanwhile stays as it is. */
    void settle(Claim claim, List<Mark> marks) {
        if (!marks.isEmpty()) {
            transaction.executeWithoutResult(status -> write(claim, marks));
        }
    }

    /** The claim holds nothing any more. */
    void release(Claim claim) {
        jdbc.sql("DELETE FROM delivery_claim WHERE tenant_id = ? AND fence = ?")
                .params(claim.run().tenant().value(), claim.fence())
                .update();
    }

    private void write(Claim claim, List<Mark> marks) {
        List<Mark> sent = new ArrayList<>(marks.size());
        List<Mark> others = new ArrayList<>();
        marks.forEach(mark -> (mark.state() == MessageState.SENT ? sent : others).add(mark));
        writeSent(claim, sent);
        if (others.isEmpty()) {
            return;
        }
        int[] changed = batches.batchUpdate(
                "UPDATE message SET state = ?, detail = NULLIF(?, ''), attempts = attempts + ?, "
                        + "first_attempt_at = IF(? = 1, COALESCE(first_attempt_at, UTC_TIMESTAMP(6)), first_attempt_at), "
                        + "next_attempt_at = UTC_TIMESTAMP(6) + INTERVAL NULLIF(?, -1) SECOND, "
                        + "changed_at = UTC_TIMESTAMP(6), bounced_at = IF(? = 1, UTC_TIMESTAMP(6), NULL) "
                        + "WHERE tenant_id = ? AND id = ? AND fence = ? AND state = 'CLAIMED'",
                others.stream().map(mark -> columns(claim, mark)).toList());
        int bounced = 0;
        for (int i = 0; i < changed.length; i++) {
            if (changed[i] > 0 && others.get(i).bounced()) {
                bounced++;
            }
        }
        if (bounced > 0) {
            jdbc.sql("UPDATE delivery_run SET bounced = bounced + ? WHERE tenant_id = ? AND id = ?")
                    .params(
                            bounced,
                            claim.run().tenant().value(),
                            claim.run().id().value())
                    .update();
        }
    }

    /** Nearly all messages: one statement for all of them, whose replies may differ (queue numbers). */
    private void writeSent(Claim claim, List<Mark> sent) {
        if (sent.isEmpty()) {
            return;
        }
        Set<String> replies =
                sent.stream().map(mark -> String.valueOf(mark.detail())).collect(Collectors.toSet());
        String set = "m.state = 'SENT', m.attempts = m.attempts + 1, "
                + "m.first_attempt_at = COALESCE(m.first_attempt_at, UTC_TIMESTAMP(6)), m.next_attempt_at = NULL, "
                + "m.changed_at = UTC_TIMESTAMP(6), m.sent_at = UTC_TIMESTAMP(6), m.detail = ";
        String where = " WHERE m.tenant_id = ? AND m.fence = ? AND m.state = 'CLAIMED'";
        List<Object> params = new ArrayList<>(sent.size() + 3);
        String sql;
        if (replies.size() == 1) {
            sql = "UPDATE message m SET " + set + "?" + where + " AND m.id IN (" + marks(sent.size()) + ")";
            params.addAll(
                    List.of(replies.iterator().next(), claim.run().tenant().value(), claim.fence()));
            sent.forEach(mark -> params.add(mark.id()));
        } else {
            sql = "UPDATE message m JOIN JSON_TABLE(?, '$[*]' COLUMNS (id BIGINT PATH '$[0]', "
                    + "reply VARCHAR(500) PATH '$[1]')) j ON j.id = m.id SET " + set + "j.reply" + where;
            params.addAll(List.of(
                    JSON.writeValueAsString(sent.stream()
                            .map(mark -> List.of(mark.id(), String.valueOf(mark.detail())))
                            .toList()),
                    claim.run().tenant().value(),
                    claim.fence()));
        }
        jdbc.sql(sql).params(params).update();
    }

    private static Object[] columns(Claim claim, Mark mark) {
        int attempt = mark.counted() ? 1 : 0;
        return new Object[] {
            mark.state().name(),
            mark.detail() == null ? "" : mark.detail(),
            attempt,
            attempt,
            mark.delay() == null ? -1L : mark.delay().toSeconds(),
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
