package io.perennial.promotions;

import static io.perennial.uikit.Texts.t;

import io.perennial.kernel.TenantId;
import io.perennial.segments.SegmentId;
import io.perennial.segments.SegmentUse;
import io.perennial.segments.UsedBy;
import io.perennial.segments.UsedBy.Weight;
import io.perennial.tenancy.CurrentTenant;
import io.perennial.tenancy.TenantSql;
import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Which segments a promotion includes and excludes. Joins the caller's transaction. */
@Component
@TenantSql("A plain link table; as an entity collection its rows would not name the tenant.")
class PromotionSegments implements SegmentUse {

    private static final String NEEDS =
            "p.status <> 'CANCELLED' " + "AND (p.yearly OR p.valid_until >= CURRENT_DATE OR p.status = 'DRAFT')";

    private final JdbcClient jdbc;

    PromotionSegments(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<SegmentId> of(TenantId tenant, PromotionId promotion, boolean excluded) {
        return jdbc.sql("SELECT segment_id FROM promotion_segment "
                        + "WHERE tenant_id = ? AND promotion_id = ? AND excluded = ? ORDER BY segment_id")
                .params(tenant.value(), promotion.value(), excluded)
                .query((rs, n) -> new SegmentId(rs.getLong(1)))
                .list();
    }

    void replace(TenantId tenant, PromotionId promotion, List<SegmentId> include, List<SegmentId> exclude) {
        if (Set.copyOf(include).equals(Set.copyOf(of(tenant, promotion, false)))
                && Set.copyOf(exclude).equals(Set.copyOf(of(tenant, promotion, true)))) {
            return;
        }
        jdbc.sql("DELETE FROM promotion_segment WHERE tenant_id = ? AND promotion_id = ?")
                .params(tenant.value(), promotion.value())
                .update();
        include.forEach(segment -> insert(tenant, promotion, segment, false));
        exclude.forEach(segment -> insert(tenant, promotion, segment, true));
        jdbc.sql("UPDATE promotion SET segment_gone = FALSE WHERE tenant_id = ? AND id = ? AND segment_gone")
                .params(tenant.value(), promotion.value())
                .update();
    }

    private void insert(TenantId tenant, PromotionId promotion, SegmentId segment, boolean excluded) {
        jdbc.sql("INSERT INTO promotion_segment (tenant_id, promotion_id, segment_id, excluded) VALUES (?, ?, ?, ?)")
                .params(tenant.value(), promotion.value(), segment.value(), excluded)
                .update();
    }

    /** Whether a segment it named has been deleted, and nobody has said anew whom it is for. */
    boolean anyGone(TenantId tenant, PromotionId promotion) {
        return jdbc.sql("SELECT segment_gone FROM promotion WHERE tenant_id = ? AND id = ?")
                .params(tenant.value(), promotion.value())
                .query(Boolean.class)
                .single();
    }

    /** Those whose mails may still go out need the segment; a draft asks anew for whom it is once it was deleted. */
    @Override
    public List<UsedBy> usesOf(SegmentId segment) {
        return jdbc.sql("SELECT DISTINCT p.name, p.id, p.status = 'DRAFT' AS draft FROM promotion_segment s "
                        + "JOIN promotion p ON p.tenant_id = s.tenant_id AND p.id = s.promotion_id "
                        + "WHERE s.tenant_id = ? AND s.segment_id = ? AND " + NEEDS + " ORDER BY p.name, p.id")
                .params(CurrentTenant.require().value(), segment.value())
                .query((rs, n) -> new UsedBy(
                        t(
                                rs.getBoolean("draft") ? "promotions.draft_names_segment" : "promotions.segment_use",
                                rs.getString("name")),
                        "promotions/" + rs.getLong("id"),
                        rs.getBoolean("draft") ? Weight.NAMES : Weight.NEEDS))
                .list();
    }

    @Override
    public void release(SegmentId segment) {
        long tenant = CurrentTenant.require().value();
        jdbc.sql("UPDATE promotion p JOIN promotion_segment s ON s.tenant_id = p.tenant_id AND s.promotion_id = p.id "
                        + "SET p.segment_gone = TRUE WHERE p.tenant_id = ? AND s.segment_id = ?")
                .params(tenant, segment.value())
                .update();
        // The links go with the segment, by their foreign key.
    }
}
