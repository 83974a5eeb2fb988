package io.perennial.segments;

import io.perennial.customers.CustomerAspect;
import io.perennial.kernel.CustomerId;
import io.perennial.kernel.TenantId;
import io.perennial.kernel.TimeOrderedIds;
import io.perennial.tenancy.TenantSql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads who is kept in segments, a page at a time. */
@Component
@TenantSql("Lists and counts over rows that the upkeep writes in sets; every statement names the tenant.")
class KeptMembers {

    private static final String NAME = "COALESCE(NULLIF(TRIM(CONCAT(COALESCE(c.first_name, ''), ' ', "
            + "COALESCE(c.last_name, ''))), ''), c.email, c.external_id, '') AS name";

    private final JdbcClient jdbc;
    private final RuleVersions versions;
    private final RuleContexts contexts;

    KeptMembers(JdbcClient jdbc, RuleVersions versions, RuleContexts contexts) {
        this.jdbc = jdbc;
        this.versions = versions;
        this.contexts = contexts;
    }

    /** The sizes of all segments, or of one. */
    List<SegmentSize> sizes(TenantId tenant, LocalDate today, @Nullable SegmentId only) {
        List<Object> params = new ArrayList<>(List.of(today.minusDays(1), today.minusDays(7), tenant.value()));
        if (only != null) {
            params.add(only.value());
        }
        return jdbc.sql("SELECT k.segment_id, k.members, k.refreshed_at, k.changed_at, k.wanted_at, k.failure, "
                        + "y.members AS yesterday, w.members AS week_ago FROM segment_state k "
                        + "LEFT JOIN segment_size y ON y.tenant_id = k.tenant_id AND y.segment_id = k.segment_id "
                        + "AND y.day = ? LEFT JOIN segment_size w ON w.tenant_id = k.tenant_id "
                        + "AND w.segment_id = k.segment_id AND w.day = ? WHERE k.tenant_id = ?"
                        + (only == null ? "" : " AND k.segment_id = ?"))
                .params(params)
                .query((rs, n) -> {
                    Instant refreshed = instant(rs, "refreshed_at");
                    Instant changed = instant(rs, "changed_at");
                    return new SegmentSize(
                            new SegmentId(rs.getLong("segment_id")),
                            refreshed == null ? null : rs.getLong("members"),
                            rs.getObject("wanted_at") != null && rs.getString("failure") == null,
                            changed == null ? refreshed : changed,
                            rs.getObject("yesterday", Long.class),
                            rs.getObject("week_ago", Long.class),
                            rs.getString("failure"),
                            refreshed,
                            false);
                })
                .list();
    }

    List<SizePoint> history(TenantId tenant, SegmentId segment, LocalDate since) {
        return jdbc.sql("SELECT day, members, entered, gone FROM segment_size "
                        + "WHERE tenant_id = ? AND segment_id = ? AND day >= ? ORDER BY day")
                .params(tenant.value(), segment.value(), since)
                .query((rs, n) ->
                        new SizePoint(rs.getObject(1, LocalDate.class), rs.getLong(2), rs.getLong(3), rs.getLong(4)))
                .list();
    }

    /** The customers known last first. */
    List<SegmentMember> members(TenantId tenant, SegmentId segment, long offset, int limit) {
        return members("ORDER BY customer_id DESC LIMIT ? OFFSET ?", tenant, segment, limit, offset);
    }

    List<SegmentMember> membersBelow(TenantId tenant, SegmentId segment, long below, int limit) {
        return members("AND customer_id < ? ORDER BY customer_id DESC LIMIT ?", tenant, segment, below, limit);
    }

    private List<SegmentMember> members(String which, TenantId tenant, SegmentId segment, Object first, Object second) {
        return jdbc.sql("SELECT m.customer_id, m.entered_at, c.email, c.city, " + NAME + " FROM ("
                        + "SELECT tenant_id, customer_id, entered_at FROM segment_member "
                        + "WHERE tenant_id = ? AND segment_id = ? " + which + ") m "
                        + "LEFT JOIN customer c ON c.tenant_id = m.tenant_id AND c.id = m.customer_id "
                        + "ORDER BY m.customer_id DESC")
                .params(tenant.value(), segment.value(), first, second)
                .query((rs, n) -> new SegmentMember(
                        new CustomerId(rs.getLong("customer_id")),
                        rs.getString("name"),
                        rs.getString("email"),
                        rs.getString("city"),
                        at(rs, "entered_at")))
                .list();
    }

    boolean isMember(TenantId tenant, SegmentId segment, CustomerId customer) {
        return jdbc.sql("SELECT 1 FROM segment_member WHERE tenant_id = ? AND segment_id = ? AND customer_id = ?")
                .params(tenant.value(), segment.value(), customer.value())
                .query(Integer.class)
                .optional()
                .isPresent();
    }

    /** The latest first. */
    List<SegmentMove> moves(
            TenantId tenant, SegmentId segment, Instant since, MoveFilter filter, long offset, int limit) {
        Map<Integer, Rule> rules = versions.all(tenant, segment);
        String which = switch (filter) {
            case ALL -> "";
            case ENTERED -> " AND entered";
            case LEFT -> " AND NOT entered";
        };
        return jdbc.sql("SELECT v.customer_id, v.at, v.entered, v.cause, v.aspects, v.flipped, v.perhaps, "
                        + "v.rule_version, v.by_name, " + NAME + " FROM (SELECT * FROM segment_move "
                        + "WHERE tenant_id = ? AND segment_id = ? AND pass >= ?" + which
                        + " ORDER BY pass DESC, customer_id DESC LIMIT ? OFFSET ?) v "
                        + "LEFT JOIN customer c ON c.tenant_id = v.tenant_id AND c.id = v.customer_id "
                        + "ORDER BY v.pass DESC, v.customer_id DESC")
                .params(tenant.value(), segment.value(), TimeOrderedIds.firstAt(since), limit, offset)
                .query((rs, n) -> new SegmentMove(
                        new CustomerId(rs.getLong("customer_id")),
                        rs.getString("name"),
                        at(rs, "at"),
                        rs.getBoolean("entered"),
                        MoveCause.valueOf(rs.getString("cause")),
                        CustomerAspect.of(rs.getLong("aspects")),
                        rs.getString("by_name"),
                        flips(rules.get(rs.getInt("rule_version")), rs.getLong("flipped"), rs.getLong("perhaps"))))
                .list();
    }

    private List<SegmentMove.Flip> flips(@Nullable Rule rule, long flipped, long perhaps) {
        if (rule == null) {
            return List.of();
        }
        List<SegmentMove.Flip> flips = new ArrayList<>();
        RuleWords words = new RuleWords(contexts.scope());
        List<RuleLeaf> leaves = RuleLeaf.of(rule);
        for (int i = 0; i < Math.min(leaves.size(), Long.SIZE - 1); i++) {
            boolean certain = (flipped & 1L << i) != 0;
            if (certain || (perhaps & 1L << i) != 0) {
                RuleLeaf leaf = leaves.get(i);
                flips.add(new SegmentMove.Flip(leaf.path(), words.of(leaf.condition()), certain));
            }
        }
        return flips;
    }

    List<SegmentOfCustomer> segmentsOf(TenantId tenant, CustomerId customer) {
        return jdbc.sql("SELECT s.id, s.name, m.entered_at FROM segment_member m "
                        + "JOIN segment s ON s.tenant_id = m.tenant_id AND s.id = m.segment_id "
                        + "WHERE m.tenant_id = ? AND m.customer_id = ? AND s.archived_at IS NULL ORDER BY s.name")
                .params(tenant.value(), customer.value())
                .query((rs, n) -> new SegmentOfCustomer(
                        new SegmentRef(new SegmentId(rs.getLong(1)), rs.getString(2)), at(rs, "entered_at")))
                .list();
    }

    private static Instant at(ResultSet rs, String column) throws SQLException {
        return rs.getObject(column, LocalDateTime.class).toInstant(ZoneOffset.UTC);
    }

    private static @Nullable Instant instant(ResultSet rs, String column) throws SQLException {
        LocalDateTime utc = rs.getObject(column, LocalDateTime.class);
        return utc == null ? null : utc.toInstant(ZoneOffset.UTC);
    }
}
