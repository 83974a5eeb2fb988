package io.perennial.segments;

import io.perennial.kernel.TenantId;
import io.perennial.tenancy.SqlFragment;
import io.perennial.tenancy.TenantSql;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * The log of who came into segments and who left, and why. A pass writes here first, by setting whom a rule picks against
 * who is in; {@link MemberStore#take} then lets those in and out. Joins the caller's transaction.
 */
@Component
@TenantSql("Moves are written in sets, from the segments' own queries; every statement names the tenant.")
class MoveLog {

    /** Rows told apart by their customers in one statement. */
    private static final int STEP = 1_000;

    private static final String INTO = "INTO segment_move (tenant_id, segment_id, pass, customer_id, at, entered, "
            + "cause, aspects, rule_version, by_name) ";

    private final JdbcTemplate jdbc;

    MoveLog(DataSource source) {
        this.jdbc = new JdbcTemplate(source);
        jdbc.setQueryTimeout(MemberStore.SECONDS);
    }

    /** How many came and went in a pass. */
    record Moves(long entered, long left) {
        boolean any() {
            return entered + left > 0;
        }
    }

    /** Somebody who moved in a pass. */
    record Moved(long customer, boolean entered) {}

    /** Logs whom a query finds and who is not in yet. Returns how many. */
    int entering(Pass pass, SqlFragment customers) {
        SqlFragment from = new SqlBuilder()
                .add("(")
                .add(customers.sql(), customers.params().toArray())
                .add(
                        ") q LEFT JOIN segment_member m ON m.tenant_id = ? AND m.segment_id = ? AND m.customer_id = q.id "
                                + "WHERE m.customer_id IS NULL",
                        pass.tenant().value(),
                        pass.segment().value())
                .build();
        return log(pass, "INSERT ", "q.id", "TRUE", from);
    }

    /** Logs those of some customers who are in. Returns how many. */
    int leaving(Pass pass, Collection<Long> customers) {
        SqlFragment from = new SqlBuilder()
                .add(
                        "segment_member m WHERE m.tenant_id = ? AND m.segment_id = ? AND m.customer_id IN ",
                        pass.tenant().value(),
                        pass.segment().value())
                .list(customers)
                .build();
        return log(pass, "INSERT ", "m.customer_id", "FALSE", from);
    }

    /**
     * Logs who fits and is not in yet, and who is in and does not fit.
     *
     * @param words as {@link CountSql#differences} finds them
     */
    void differences(Pass pass, SqlFragment words) {
        SqlFragment from = new SqlFragment(
                "(" + words.sql() + ") w JOIN (" + WordsSql.PLACES + ") n ON (w.fitting ^ w.held) >> n.place & 1 = 1",
                words.params());
        log(pass, "INSERT " + WordsSql.IN_MEMORY, "w.word << 6 | n.place", "w.fitting >> n.place & 1", from);
    }

    private int log(Pass pass, String insert, String customer, String entered, SqlFragment from) {
        List<@Nullable Object> params = new ArrayList<>(Arrays.<@Nullable Object>asList(
                pass.tenant().value(),
                pass.segment().value(),
                pass.id(),
                MembershipStates.utc(pass.at()),
                pass.cause().name(),
                pass.aspects(),
                pass.ruleVersion(),
                pass.by()));
        params.addAll(from.params());
        return jdbc.update(
                insert + INTO + "SELECT ?, ?, ?, " + customer + ", ?, " + entered + ", ?, ?, ?, ? FROM " + from.sql(),
                params.toArray());
    }

    /** Logs some by their ids. */
    void add(Pass pass, Collection<Long> customers, boolean entered) {
        jdbc.batchUpdate(
                "INSERT " + INTO + "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", customers, STEP, (row, customer) -> {
                    row.setLong(1, pass.tenant().value());
                    row.setLong(2, pass.segment().value());
                    row.setLong(3, pass.id());
                    row.setLong(4, customer);
                    row.setObject(5, MembershipStates.utc(pass.at()));
                    row.setBoolean(6, entered);
                    row.setString(7, pass.cause().name());
                    row.setLong(8, pass.aspects());
                    row.setInt(9, pass.ruleVersion());
                    row.setString(10, pass.by());
                });
    }

    Moves count(Pass pass) {
        return jdbc.queryForObject(
                "SELECT COALESCE(SUM(entered), 0), COALESCE(SUM(NOT entered), 0) FROM segment_move "
                        + "WHERE tenant_id = ? AND segment_id = ? AND pass = ?",
                (rs, n) -> new Moves(rs.getLong(1), rs.getLong(2)),
                pass.tenant().value(),
                pass.segment().value(),
                pass.id());
    }

    /** Some of those who moved in a pass, by id, from {@code after} on. */
    List<Moved> moved(Pass pass, long after, int limit) {
        return jdbc.query(
                "SELECT customer_id, entered FROM segment_move WHERE tenant_id = ? AND segment_id = ? AND pass = ? "
                        + "AND customer_id > ? ORDER BY customer_id LIMIT ?",
                (rs, n) -> new Moved(rs.getLong(1), rs.getBoolean(2)),
                pass.tenant().value(),
                pass.segment().value(),
                pass.id(),
                after,
                limit);
    }

    /**
     * Says of some who moved which conditions turned.
     *
     * @param flipped bits of those that turned for certain, by their place in {@link RuleLeaf#of}
     * @param perhaps bits of those that possibly did
     */
    void explain(Pass pass, List<Long> customers, long flipped, long perhaps) {
        for (int from = 0; from < customers.size(); from += STEP) {
            SqlFragment some = explaining(pass, flipped, perhaps)
                    .add(" AND customer_id IN ")
                    .list(customers.subList(from, Math.min(customers.size(), from + STEP)))
                    .build();
            jdbc.update(some.sql(), some.params().toArray());
        }
    }

    /** Says the same of all who moved. */
    void explainAll(Pass pass, long flipped, long perhaps) {
        SqlFragment all = explaining(pass, flipped, perhaps).build();
        jdbc.update(all.sql(), all.params().toArray());
    }

    private static SqlBuilder explaining(Pass pass, long flipped, long perhaps) {
        return new SqlBuilder()
                .add(
                        "UPDATE segment_move SET flipped = ?, perhaps = ? WHERE tenant_id = ? AND segment_id = ? AND pass = ?",
                        flipped,
                        perhaps,
                        pass.tenant().value(),
                        pass.segment().value(),
                        pass.id());
    }

    /** Forgets a segment. */
    void forget(TenantId tenant, SegmentId segment) {
        jdbc.update("DELETE FROM segment_move WHERE tenant_id = ? AND segment_id = ?", tenant.value(), segment.value());
    }

    /** Forgets some of what is older than a pass. Returns how many rows; 0 once nothing is left. */
    int forgetBefore(TenantId tenant, SegmentId segment, long pass) {
        return jdbc.update(
                "DELETE FROM segment_move WHERE tenant_id = ? AND segment_id = ? AND pass < ? LIMIT 20000",
                tenant.value(),
                segment.value(),
                pass);
    }
}
