package io.perennial.segments;

import io.perennial.kernel.TenantId;
import io.perennial.tenancy.SqlFragment;
import io.perennial.tenancy.TenantSql;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Who is in a segment. Joins the caller's transaction. */
@Component
@TenantSql("Members are written in sets, from the segments' own queries; every statement names the tenant.")
class MemberStore {

    /** Seconds a query over a whole business may take; nobody waits for it. */
    static final int SECONDS = 600;

    private static final String INTO = "INTO segment_member (tenant_id, segment_id, customer_id, entered_at) ";

    private final JdbcTemplate jdbc;
    private final MovesTold told;

    MemberStore(DataSource source, MovesTold told) {
        this.jdbc = new JdbcTemplate(source);
        this.told = told;
        jdbc.setQueryTimeout(SECONDS);
    }

    /** Puts everybody in whom a query finds, without a word in the log. */
    void fill(Pass pass, SqlFragment customers) {
        fill(pass, "INSERT ", "q.id", new SqlFragment("(" + customers.sql() + ") q", customers.params()));
    }

    /**
     * Puts everybody in who fits, without a word in the log, where nobody was in. Returns how many.
     *
     * @param words as {@link CountSql#differences} finds them
     */
    int fillWords(Pass pass, SqlFragment words) {
        return fill(
                pass,
                "INSERT " + WordsSql.IN_MEMORY,
                "w.word << 6 | n.place",
                new SqlFragment(
                        "(" + words.sql() + ") w JOIN (" + WordsSql.PLACES + ") n ON w.fitting >> n.place & 1 = 1",
                        words.params()));
    }

    private int fill(Pass pass, String insert, String customer, SqlFragment from) {
        SqlFragment filling = new SqlBuilder()
                .add(insert + INTO)
                .add(
                        "SELECT ?, ?, " + customer + ", ? FROM ",
                        pass.tenant().value(),
                        pass.segment().value(),
                        MembershipStates.utc(pass.at()))
                .add(from.sql(), from.params().toArray())
                .build();
        return jdbc.update(filling.sql(), filling.params().toArray());
    }

    /** Lets those in and out whom the pass has logged, and tells who listens. */
    void take(Pass pass) {
        Object[] key = {pass.tenant().value(), pass.segment().value(), pass.id()};
        jdbc.update(
                "INSERT " + INTO
                        + "SELECT v.tenant_id, v.segment_id, v.customer_id, v.at FROM segment_move v "
                        + "WHERE v.tenant_id = ? AND v.segment_id = ? AND v.pass = ? AND v.entered "
                        + "ON DUPLICATE KEY UPDATE entered_at = segment_member.entered_at",
                key);
        jdbc.update(
                "DELETE m FROM segment_move v JOIN segment_member m ON m.tenant_id = v.tenant_id "
                        + "AND m.segment_id = v.segment_id AND m.customer_id = v.customer_id "
                        + "WHERE v.tenant_id = ? AND v.segment_id = ? AND v.pass = ? AND NOT v.entered",
                key);
        told.of(pass);
    }

    /** Which of these customers are in which segments. */
    Map<SegmentId, Set<Long>> among(TenantId tenant, Collection<Long> customers) {
        SqlFragment held = new SqlBuilder()
                .add(
                        "SELECT segment_id, customer_id FROM segment_member WHERE tenant_id = ? AND customer_id IN ",
                        tenant.value())
                .list(customers)
                .build();
        Map<SegmentId, Set<Long>> found = new HashMap<>();
        jdbc.query(
                held.sql(),
                rs -> {
                    found.computeIfAbsent(new SegmentId(rs.getLong(1)), id -> new HashSet<>())
                            .add(rs.getLong(2));
                },
                held.params().toArray());
        return found;
    }

    long count(TenantId tenant, SegmentId segment) {
        Long counted = jdbc.queryForObject(
                "SELECT COUNT(*) FROM segment_member WHERE tenant_id = ? AND segment_id = ?",
                Long.class,
                tenant.value(),
                segment.value());
        return counted == null ? 0 : counted;
    }

    /** Forgets who is in a segment. */
    void forget(TenantId tenant, SegmentId segment) {
        jdbc.update(
                "DELETE FROM segment_member WHERE tenant_id = ? AND segment_id = ?", tenant.value(), segment.value());
    }
}
