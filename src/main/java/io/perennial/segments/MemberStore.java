package io.perennial.segments;

import io.perennial.kernel.TenantId;
import io.perennial.tenancy.SqlFragment;
import io.perennial.tenancy.TenantSql;
import io.perennial.webhooks.EventData;
import io.perennial.webhooks.EventType;
import io.perennial.webhooks.Happenings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Who is in a segment, and the log of who came and went. Joins the caller's transaction. */
@Component
@TenantSql("Members and moves are written in sets, from the segments' own queries; every statement names the tenant.")
class MemberStore {

    /** Seconds a query over a whole business may take; nobody waits for it. */
    private static final int SECONDS = 600;

    private final JdbcTemplate jdbc;
    private final Happenings happenings;

    MemberStore(DataSource source, Happenings happenings) {
        this.happenings = happenings;
        this.jdbc = new JdbcTemplate(source);
        jdbc.setQueryTimeout(SECONDS);
    }

    /**
     * One look at a segment, or one change of a list.
     *
     * @param by who changed the list, or nothing
     */
    record Pass(
            TenantId tenant,
            SegmentId segment,
            long id,
            Instant at,
            MoveCause cause,
            long aspects,
            int ruleVersion,
            @Nullable String by) {

        Pass(TenantId tenant, SegmentId segment, long id, Instant at, MoveCause cause, long aspects, int ruleVersion) {
            this(tenant, segment, id, at, cause, aspects, ruleVersion, null);
        }
    }

    /** Puts everybody in whom the query finds, without a word in the log. Returns how many. */
    long fill(Pass pass, SqlFragment customers) {
        List<Object> params = params(pass.tenant().value(), pass.segment().value(), MembershipStates.utc(pass.at()));
        params.addAll(customers.params());
        return jdbc.update(
                "INSERT INTO segment_member (tenant_id, segment_id, customer_id, entered_at) "
                        + "SELECT ?, ?, q.id, ? FROM (" + customers.sql() + ") q",
                params.toArray());
    }

    /** Logs who the query finds and is not in yet; {@link #take} lets them in. */
    long logEntering(Pass pass, SqlFragment customers) {
        List<@Nullable Object> params = moveParams(pass, true);
        params.addAll(customers.params());
        params.addAll(params(pass.tenant().value(), pass.segment().value()));
        return jdbc.update(
                LOG + "SELECT ?, ?, ?, q.id, ?, ?, ?, ?, ?, ? FROM (" + customers.sql()
                        + ") q LEFT JOIN segment_member m ON m.tenant_id = ? AND m.segment_id = ? AND m.customer_id ="
                        + " q.id WHERE m.customer_id IS NULL",
                params.toArray());
    }

    /**
     * Puts everybody in who fits, without a word in the log, where nobody was in. Returns how many.
     *
     * @param words as {@link CountSql#differences} finds them
     */
    long fillWords(Pass pass, SqlFragment words) {
        List<Object> params = params(pass.tenant().value(), pass.segment().value(), MembershipStates.utc(pass.at()));
        params.addAll(words.params());
        return jdbc.update(
                "INSERT " + WordsSql.IN_MEMORY + "INTO segment_member (tenant_id, segment_id, customer_id, entered_at) "
                        + "SELECT ?, ?, w.word << 6 | n.place, ? FROM (" + words.sql() + ") w JOIN (" + BITS
                        + ") n ON w.fitting >> n.place & 1 = 1",
                params.toArray());
    }

    /**
     * Logs who fits and is not in yet, and who is in and does not fit; {@link #take} lets them in and out.
     *
     * @param words as {@link CountSql#differences} finds them
     */
    void logDifferences(Pass pass, SqlFragment words) {
        List<@Nullable Object> params = new ArrayList<>(params(
                pass.tenant().value(),
                pass.segment().value(),
                pass.id(),
                MembershipStates.utc(pass.at()),
                pass.cause().name(),
                pass.aspects(),
                pass.ruleVersion()));
        params.add(pass.by());
        params.addAll(words.params());
        jdbc.update(
                LOG.replaceFirst("INSERT ", "INSERT " + WordsSql.IN_MEMORY)
                        + "SELECT ?, ?, ?, w.word << 6 | n.place, ?, w.fitting >> n.place & 1, ?, ?, ?, ? FROM ("
                        + words.sql()
                        + ") w JOIN (" + BITS + ") n ON (w.fitting ^ w.held) >> n.place & 1 = 1",
                params.toArray());
    }

    /** How many came and went in a pass. */
    record Moves(long entered, long left) {
        boolean any() {
            return entered + left > 0;
        }
    }

    Moves moves(Pass pass) {
        return jdbc.queryForObject(
                "SELECT COALESCE(SUM(entered), 0), COALESCE(SUM(NOT entered), 0) FROM segment_move "
                        + "WHERE tenant_id = ? AND segment_id = ? AND pass = ?",
                (rs, n) -> new Moves(rs.getLong(1), rs.getLong(2)),
                pass.tenant().value(),
                pass.segment().value(),
                pass.id());
    }

    /** Logs those of some customers who are in. */
    int logLeaving(Pass pass, Collection<Long> customers) {
        List<@Nullable Object> params = moveParams(pass, false);
        params.addAll(params(pass.tenant().value(), pass.segment().value()));
        return jdbc.update(
                LOG + "SELECT ?, ?, ?, m.customer_id, ?, ?, ?, ?, ?, ? FROM segment_member m "
                        + "WHERE m.tenant_id = ? AND m.segment_id = ? AND m.customer_id IN " + list(customers),
                params.toArray());
    }

    /** Lets those in and out whom the pass has logged. */
    void take(Pass pass) {
        Object[] key = {pass.tenant().value(), pass.segment().value(), pass.id()};
        jdbc.update(
                "INSERT INTO segment_member (tenant_id, segment_id, customer_id, entered_at) "
                        + "SELECT v.tenant_id, v.segment_id, v.customer_id, v.at FROM segment_move v "
                        + "WHERE v.tenant_id = ? AND v.segment_id = ? AND v.pass = ? AND v.entered "
                        + "ON DUPLICATE KEY UPDATE entered_at = segment_member.entered_at",
                key);
        jdbc.update(
                "DELETE m FROM segment_move v JOIN segment_member m ON m.tenant_id = v.tenant_id "
                        + "AND m.segment_id = v.segment_id AND m.customer_id = v.customer_id "
                        + "WHERE v.tenant_id = ? AND v.segment_id = ? AND v.pass = ? AND NOT v.entered",
                key);
        tell(pass);
    }

    private void tell(Pass pass) {
        boolean entering = happenings.isHeard(pass.tenant(), EventType.SEGMENT_ENTERED);
        boolean leaving = happenings.isHeard(pass.tenant(), EventType.SEGMENT_LEFT);
        if (!entering && !leaving) {
            return;
        }
        List<Moved> some = List.of();
        do {
            some = moved(pass, some.isEmpty() ? 0 : some.getLast().customer(), EventData.MOST);
            tell(
                    pass,
                    EventType.SEGMENT_ENTERED,
                    some.stream().filter(Moved::entered).map(Moved::customer).toList());
            tell(
                    pass,
                    EventType.SEGMENT_LEFT,
                    some.stream().filter(m -> !m.entered()).map(Moved::customer).toList());
        } while (some.size() == EventData.MOST);
    }

    private void tell(Pass pass, EventType type, List<Long> customers) {
        happenings.tellOf(
                pass.tenant(),
                type,
                customers,
                ids -> new EventData.SegmentMove(pass.segment().toString(), ids));
    }

    /** Logs some who enter or leave by themselves, by id. */
    void log(Pass pass, List<Long> customers, boolean entered) {
        List<Object[]> rows = new ArrayList<>(customers.size());
        for (Long customer : customers) {
            rows.add(new Object[] {
                pass.tenant().value(),
                pass.segment().value(),
                pass.id(),
                customer,
                MembershipStates.utc(pass.at()),
                entered,
                pass.cause().name(),
                pass.aspects(),
                pass.ruleVersion()
            });
        }
        if (!rows.isEmpty()) {
            jdbc.batchUpdate(LOG + "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, NULL)", rows);
        }
    }

    /** Which of these customers are in which segments. */
    Map<SegmentId, Set<Long>> among(TenantId tenant, List<Long> customers) {
        Map<SegmentId, Set<Long>> found = new HashMap<>();
        jdbc.query(
                "SELECT segment_id, customer_id FROM segment_member WHERE tenant_id = ? AND customer_id IN "
                        + list(customers),
                rs -> {
                    found.computeIfAbsent(new SegmentId(rs.getLong(1)), id -> new HashSet<>())
                            .add(rs.getLong(2));
                },
                tenant.value());
        return found;
    }

    /** The ids a query finds. */
    List<Long> ids(SqlFragment customers) {
        return jdbc.query(
                customers.sql(), (rs, n) -> rs.getLong(1), customers.params().toArray());
    }

    long count(SqlFragment count) {
        Long counted =
                jdbc.queryForObject(count.sql(), Long.class, count.params().toArray());
        return counted == null ? 0 : counted;
    }

    long members(TenantId tenant, SegmentId segment) {
        return count(new SqlFragment(
                "SELECT COUNT(*) FROM segment_member WHERE tenant_id = ? AND segment_id = ?",
                List.of(tenant.value(), segment.value())));
    }

    /** Somebody who moved in a pass. */
    record Moved(long customer, boolean entered) {}

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

    /** Says of some who moved which conditions turned, for certain or possibly. */
    void explain(Pass pass, List<Long> customers, long flipped, long perhaps) {
        for (int from = 0; from < customers.size(); from += 1_000) {
            jdbc.update(
                    "UPDATE segment_move SET flipped = ?, perhaps = ? WHERE tenant_id = ? AND segment_id = ? "
                            + "AND pass = ? AND customer_id IN "
                            + list(customers.subList(from, Math.min(customers.size(), from + 1_000))),
                    flipped,
                    perhaps,
                    pass.tenant().value(),
                    pass.segment().value(),
                    pass.id());
        }
    }

    /** Says of all who moved which conditions turned. */
    void explainAll(Pass pass, long flipped, long perhaps) {
        jdbc.update(
                "UPDATE segment_move SET flipped = ?, perhaps = ? WHERE tenant_id = ? AND segment_id = ? AND pass = ?",
                flipped,
                perhaps,
                pass.tenant().value(),
                pass.segment().value(),
                pass.id());
    }

    /** Takes everything away that is kept about a segment's members. */
    void forget(TenantId tenant, SegmentId segment) {
        jdbc.update(
                "DELETE FROM segment_member WHERE tenant_id = ? AND segment_id = ?", tenant.value(), segment.value());
        jdbc.update("DELETE FROM segment_move WHERE tenant_id = ? AND segment_id = ?", tenant.value(), segment.value());
    }

    /** Takes what the log says from before a pass away, and members of segments that are no more. Returns how many. */
    int forgetBefore(TenantId tenant, SegmentId segment, long pass) {
        return jdbc.update(
                "DELETE FROM segment_move WHERE tenant_id = ? AND segment_id = ? AND pass < ? LIMIT 20000",
                tenant.value(),
                segment.value(),
                pass);
    }

    /** The bits of a word. */
    private static final String BITS = IntStream.range(0, 64)
            .mapToObj(bit -> "SELECT " + bit + (bit == 0 ? " AS place" : ""))
            .collect(Collectors.joining(" UNION ALL "));

    private static final String LOG =
            "INSERT INTO segment_move (tenant_id, segment_id, pass, customer_id, at, entered, "
                    + "cause, aspects, rule_version, by_name) ";

    private static List<@Nullable Object> moveParams(Pass pass, boolean entered) {
        List<@Nullable Object> params = new ArrayList<>(params(
                pass.tenant().value(),
                pass.segment().value(),
                pass.id(),
                MembershipStates.utc(pass.at()),
                entered,
                pass.cause().name(),
                pass.aspects(),
                pass.ruleVersion()));
        params.add(pass.by());
        return params;
    }

    private static List<Object> params(Object... values) {
        return new ArrayList<>(List.of(values));
    }

    /** Ids as a list for IN: numbers of our own making, so they may stand in the text. */
    private static String list(Collection<Long> ids) {
        StringJoiner list = new StringJoiner(",", "(", ")");
        ids.forEach(id -> list.add(Long.toString(id)));
        return list.toString();
    }
}
