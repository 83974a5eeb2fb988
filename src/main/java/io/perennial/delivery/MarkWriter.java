package io.perennial.delivery;

import io.perennial.tenancy.TenantSql;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Writes what became of messages into their rows: one statement for all that became the same. Joins a transaction. */
@Component
@TenantSql("Updates many rows by one statement; each names the claim's tenant.")
class MarkWriter {

    private final JdbcClient jdbc;
    private final MessageNews news;

    MarkWriter(JdbcClient jdbc, MessageNews news) {
        this.news = news;
        this.jdbc = jdbc;
    }

    /** How many of a claim's messages came to what. */
    record Tally(int settled, int sent, int failed, int skipped) {

        static Tally of(List<Mark> marks) {
            int[] counts = new int[MessageState.values().length];
            marks.forEach(mark -> counts[mark.state().ordinal()]++);
            return new Tally(
                    marks.size(),
                    counts[MessageState.SENT.ordinal()],
                    counts[MessageState.FAILED.ordinal()],
                    counts[MessageState.SKIPPED.ordinal()]);
        }

        Tally plus(Tally other) {
            return new Tally(
                    settled + other.settled, sent + other.sent, failed + other.failed, skipped + other.skipped);
        }

        Tally minus(Tally other) {
            return new Tally(
                    settled - other.settled, sent - other.sent, failed - other.failed, skipped - other.skipped);
        }

        private static Tally of(MessageState state, int rows) {
            return new Tally(
                    rows,
                    state == MessageState.SENT ? rows : 0,
                    state == MessageState.FAILED ? rows : 0,
                    state == MessageState.SKIPPED ? rows : 0);
        }
    }

    /**
     * Writes marks of a claim's messages where these are still the claim's.
     *
     * @return what was written
     */
    Tally write(Claim claim, List<Mark> marks) {
        Map<Mark, List<Mark>> alike = new LinkedHashMap<>();
        for (Mark mark : marks) {
            alike.computeIfAbsent(kind(mark), key -> new ArrayList<>()).add(mark);
        }
        Tally written = new Tally(0, 0, 0, 0);
        for (Map.Entry<Mark, List<Mark>> group : alike.entrySet()) {
            Mark kind = group.getKey();
            int rows = write(claim, kind, group.getValue());
            written = written.plus(Tally.of(kind.state(), rows));
            if (rows > 0) {
                news.marked(claim, kind, group.getValue());
            }
            if (kind.bounced() && rows > 0) {
                jdbc.sql("UPDATE delivery_run SET bounced = bounced + ? WHERE tenant_id = ? AND id = ?")
                        .params(
                                rows,
                                claim.run().tenant().value(),
                                claim.run().id().value())
                        .update();
            }
        }
        return written;
    }

    /** What one statement may write together: the replies of those sent may differ (queue numbers). */
    private static Mark kind(Mark mark) {
        return new Mark(
                0,
                mark.state(),
                mark.state() == MessageState.SENT ? null : mark.detail(),
                mark.counted(),
                mark.delay(),
                mark.bounced());
    }

    private int write(Claim claim, Mark kind, List<Mark> marks) {
        StringBuilder sql = new StringBuilder("UPDATE message SET state = ?");
        List<Object> params = new ArrayList<>(marks.size() + 8);
        params.add(kind.state().name());
        if (kind.state() == MessageState.SENT) {
            // Of a fresh one, all else is as it should be: nothing more is written than is known only now.
            sql.append(", room = NULL, sent_at = UTC_TIMESTAMP(6), attempts = attempts + 1, detail = ");
            details(sql, params, marks);
        } else {
            outcome(sql, params, kind);
        }
        sql.append(" WHERE tenant_id = ? AND ");
        params.add(claim.run().tenant().value());
        ids(sql, params, marks);
        // The claim's row is locked and there, so what is in this state in a claimed range is this claim's.
        if (claim.fresh()) {
            sql.append(" AND state = 'PENDING'");
        } else {
            sql.append(" AND state = 'CLAIMED' AND fence = ?");
            params.add(claim.fence());
        }
        return jdbc.sql(sql.toString()).params(params).update();
    }

    private static void outcome(StringBuilder sql, List<Object> params, Mark kind) {
        sql.append(", room = NULL, detail = NULLIF(?, '')");
        params.add(kind.detail() == null ? "" : kind.detail());
        if (kind.counted()) {
            sql.append(", attempts = attempts + 1, first_attempt_at = COALESCE(first_attempt_at, UTC_TIMESTAMP(6))");
        }
        if (kind.delay() == null) {
            sql.append(", changed_at = UTC_TIMESTAMP(6)");
        } else {
            sql.append(", next_attempt_at = UTC_TIMESTAMP(6) + INTERVAL ? MICROSECOND");
            params.add(kind.delay().toNanos() / 1000);
        }
        if (kind.bounced()) {
            sql.append(", bounced_at = UTC_TIMESTAMP(6)");
        }
    }

    /** Each one's own reply, or the one that all got. */
    private static void details(StringBuilder sql, List<Object> params, List<Mark> marks) {
        boolean same = marks.stream()
                        .map(mark -> String.valueOf(mark.detail()))
                        .distinct()
                        .limit(2)
                        .count()
                == 1;
        if (same) {
            sql.append('?');
            params.add(String.valueOf(marks.getFirst().detail()));
            return;
        }
        sql.append("ELT(FIELD(id").append(", ?".repeat(marks.size())).append(')');
        marks.forEach(mark -> params.add(mark.id()));
        sql.append(", ?".repeat(marks.size())).append(')');
        marks.forEach(mark -> params.add(String.valueOf(mark.detail())));
    }

    private static void ids(StringBuilder sql, List<Object> params, List<Mark> marks) {
        List<Long> ids = marks.stream().map(Mark::id).sorted().collect(Collectors.toList());
        if (ids.getLast() - ids.getFirst() == ids.size() - 1) {
            sql.append("id BETWEEN ? AND ?");
            params.add(ids.getFirst());
            params.add(ids.getLast());
        } else {
            sql.append("id IN (").append(Ledger.marks(ids.size())).append(')');
            params.addAll(ids);
        }
    }
}
