package io.perennial.segments;

import io.perennial.kernel.TenantId;
import io.perennial.segments.KeptState.WantedWhy;
import io.perennial.tenancy.TenantSql;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** How far each segment's membership is kept, and which are to be looked at as a whole. Joins the caller's transaction. */
@Component
@TenantSql("One row by tenant and segment; which tenants have something to do is read over all of them by the worker,"
        + " which opens a scope for each.")
class MembershipStates {

    /** After so many failures of a segment's query it is left alone until something changes. */
    private static final int MOST_FAILURES = 5;

    private final JdbcClient jdbc;

    MembershipStates(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Asks for a look at the whole of a segment; of two reasons the weightier stays. */
    @Transactional
    void want(TenantId tenant, SegmentId segment, WantedWhy why, long aspects) {
        jdbc.sql("INSERT INTO segment_state (tenant_id, segment_id, wanted_at, wanted_why, wanted_for) "
                        + "VALUES (?, ?, ?, ?, ?) ON DUPLICATE KEY UPDATE "
                        + "wanted_why = CASE WHEN wanted_at IS NOT NULL "
                        + "AND FIELD(wanted_why, 'TIME', 'CHANGE', 'RULE', 'NEW') "
                        + "> FIELD(VALUES(wanted_why), 'TIME', 'CHANGE', 'RULE', 'NEW') "
                        + "THEN wanted_why ELSE VALUES(wanted_why) END, "
                        + "wanted_for = wanted_for | VALUES(wanted_for), wanted_at = VALUES(wanted_at), failures = 0")
                .params(
                        tenant.value(),
                        segment.value(),
                        utc(Instant.now().truncatedTo(ChronoUnit.MICROS)),
                        why.name(),
                        aspects)
                .update();
    }

    /** Begins a list: it is right from the first moment on, with nobody on it. */
    void filled(TenantId tenant, SegmentId list, LocalDate day, Instant at) {
        jdbc.sql("INSERT INTO segment_state (tenant_id, segment_id, refreshed_at, refreshed_on, changed_at) "
                        + "VALUES (?, ?, ?, ?, ?)")
                .params(tenant.value(), list.value(), utc(at), day, utc(at))
                .update();
        sizeOf(tenant, list, day, 0, 0);
    }

    /**
     * Holds a list to the end of the transaction, so that staff and the upkeep never change its members at once; gives
     * how many are in it.
     */
    @Transactional(propagation = Propagation.MANDATORY)
    long lock(TenantId tenant, SegmentId list) {
        return jdbc.sql("SELECT members FROM segment_state WHERE tenant_id = ? AND segment_id = ? FOR UPDATE")
                .params(tenant.value(), list.value())
                .query(Long.class)
                .single();
    }

    /** Asks for a first look at segments that were never looked at. */
    @Transactional
    void wantNew(TenantId tenant) {
        jdbc.sql("INSERT INTO segment_state (tenant_id, segment_id, wanted_at, wanted_why) "
                        + "SELECT s.tenant_id, s.id, ?, 'NEW' FROM segment s LEFT JOIN segment_state k "
                        + "ON k.tenant_id = s.tenant_id AND k.segment_id = s.id "
                        + "WHERE s.tenant_id = ? AND k.segment_id IS NULL")
                .params(utc(Instant.now()), tenant.value())
                .update();
    }

    /** The businesses with a segment that is to be looked at as a whole. */
    @Transactional(readOnly = true)
    List<TenantId> waiting() {
        return jdbc.sql("/* all tenants */ SELECT DISTINCT tenant_id FROM segment_state "
                        + "WHERE wanted_at IS NOT NULL AND failures < ?")
                .param(MOST_FAILURES)
                .query((rs, n) -> new TenantId(rs.getLong(1)))
                .list();
    }

    /** The one that waits longest, those never seen before others, or nothing. */
    @Transactional(readOnly = true)
    Optional<KeptState> nextWanted(TenantId tenant) {
        return jdbc.sql(SELECT + " WHERE k.tenant_id = ? AND k.wanted_at IS NOT NULL AND k.failures < ? "
                        + "AND s.archived_at IS NULL "
                        + "ORDER BY k.refreshed_at IS NOT NULL, k.failures, k.wanted_at, k.segment_id LIMIT 1")
                .params(tenant.value(), MOST_FAILURES)
                .query((rs, n) -> map(rs))
                .optional();
    }

    @Transactional(readOnly = true)
    List<KeptState> all(TenantId tenant) {
        return jdbc.sql(SELECT + " WHERE k.tenant_id = ? AND s.archived_at IS NULL ORDER BY k.segment_id")
                .param(tenant.value())
                .query((rs, n) -> map(rs))
                .list();
    }

    /** Books that a segment was looked at as a whole. A wish made since then stays. */
    void refreshed(TenantId tenant, KeptState seen, long members, LocalDate day, Instant at) {
        LocalDateTime wish = seen.wantedAt() == null ? utc(at) : utc(seen.wantedAt());
        int there = jdbc.sql(
                        "UPDATE segment_state SET members = ?, refreshed_at = ?, refreshed_on = ?, changed_at = ?, "
                                + "failures = 0, failure = NULL, "
                                + "wanted_for = CASE WHEN wanted_at > ? THEN wanted_for ELSE 0 END, "
                                + "wanted_why = CASE WHEN wanted_at > ? THEN wanted_why END, "
                                + "wanted_at = CASE WHEN wanted_at > ? THEN wanted_at END "
                                + "WHERE tenant_id = ? AND segment_id = ?")
                .params(
                        members,
                        utc(at),
                        day,
                        utc(at),
                        wish,
                        wish,
                        wish,
                        tenant.value(),
                        seen.segment().value())
                .update();
        if (there == 0) {
            throw new SegmentGone(seen.segment());
        }
    }

    /** The segment was deleted while its members were being looked for; nothing of that look may stay. */
    static class SegmentGone extends IllegalStateException {
        SegmentGone(SegmentId segment) {
            super("Segment " + segment + " is gone");
        }
    }

    @Transactional
    void failed(TenantId tenant, SegmentId segment, String why) {
        jdbc.sql("UPDATE segment_state SET failures = failures + 1, failure = ? WHERE tenant_id = ? AND segment_id = ?")
                .params(why.substring(0, Math.min(500, why.length())), tenant.value(), segment.value())
                .update();
    }

    /** Books who came and went, here and in the day's figures. */
    void moved(TenantId tenant, SegmentId segment, LocalDate day, long entered, long gone, Instant at) {
        jdbc.sql("UPDATE segment_state SET members = members + ? - ?, changed_at = ? "
                        + "WHERE tenant_id = ? AND segment_id = ?")
                .params(entered, gone, utc(at), tenant.value(), segment.value())
                .update();
        sizeOf(tenant, segment, day, entered, gone);
    }

    /** Puts down the day's size, and adds who came and went. */
    void sizeOf(TenantId tenant, SegmentId segment, LocalDate day, long entered, long gone) {
        jdbc.sql("INSERT INTO segment_size (tenant_id, segment_id, day, members, entered, gone) "
                        + "SELECT tenant_id, segment_id, ?, members, ?, ? FROM segment_state "
                        + "WHERE tenant_id = ? AND segment_id = ? ON DUPLICATE KEY UPDATE members = VALUES(members), "
                        + "entered = entered + VALUES(entered), gone = gone + VALUES(gone)")
                .params(day, entered, gone, tenant.value(), segment.value())
                .update();
    }

    /** Puts down today's size of every segment, changed or not, so that each day has its point. */
    void sizesOf(TenantId tenant, LocalDate day) {
        jdbc.sql("INSERT INTO segment_size (tenant_id, segment_id, day, members) "
                        + "SELECT k.tenant_id, k.segment_id, ?, k.members FROM segment_state k "
                        + "JOIN segment s ON s.tenant_id = k.tenant_id AND s.id = k.segment_id "
                        + "WHERE k.tenant_id = ? AND k.refreshed_at IS NOT NULL AND s.archived_at IS NULL "
                        + "ON DUPLICATE KEY UPDATE members = VALUES(members)")
                .params(day, tenant.value())
                .update();
    }

    private static final String SELECT =
            "SELECT k.segment_id, k.members, k.wanted_at, k.wanted_why, k.wanted_for, k.refreshed_at, k.refreshed_on "
                    + "FROM segment_state k JOIN segment s ON s.tenant_id = k.tenant_id AND s.id = k.segment_id";

    private static KeptState map(java.sql.ResultSet rs) throws java.sql.SQLException {
        String why = rs.getString("wanted_why");
        LocalDateTime refreshed = rs.getObject("refreshed_at", LocalDateTime.class);
        return new KeptState(
                new SegmentId(rs.getLong("segment_id")),
                rs.getLong("members"),
                instant(rs.getObject("wanted_at", LocalDateTime.class)),
                why == null ? null : WantedWhy.valueOf(why),
                rs.getLong("wanted_for"),
                instant(refreshed),
                rs.getObject("refreshed_on", LocalDate.class));
    }

    private static @Nullable Instant instant(@Nullable LocalDateTime utc) {
        return utc == null ? null : utc.toInstant(ZoneOffset.UTC);
    }

    static LocalDateTime utc(Instant at) {
        return LocalDateTime.ofInstant(at, ZoneOffset.UTC);
    }
}
