package io.perennial.promotions;

import static io.perennial.uikit.Texts.t;

import io.perennial.kernel.TenantId;
import io.perennial.segments.SegmentId;
import io.perennial.segments.SegmentUse;
import io.perennial.tenancy.CurrentTenant;
import io.perennial.tenancy.TenantSql;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Which segments a promotion includes and excludes. Joins the caller's transaction. */
@Component
@TenantSql("A plain link table; as an entity collection its rows would not name the tenant.")
class PromotionSegments implements SegmentUse {

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
        jdbc.sql("DELETE FROM promotion_segment WHERE tenant_id = ? AND promotion_id = ?")
                .params(tenant.value(), promotion.value())
                .update();
        include.forEach(segment -> insert(tenant, promotion, segment, false));
        exclude.forEach(segment -> insert(tenant, promotion, segment, true));
    }

    private void insert(TenantId tenant, PromotionId promotion, SegmentId segment, boolean excluded) {
        jdbc.sql("INSERT INTO promotion_segment (tenant_id, promotion_id, segment_id, excluded) VALUES (?, ?, ?, ?)")
                .params(tenant.value(), promotion.value(), segment.value(), excluded)
                .update();
    }

    /** Those whose mails may still go out, so that they still need the segment. */
    @Override
    public List<String> usesOf(SegmentId segment) {
        return jdbc.sql("SELECT DISTINCT p.name FROM promotion_segment s JOIN promotion p "
                        + "ON p.tenant_id = s.tenant_id AND p.id = s.promotion_id "
                        + "WHERE s.tenant_id = ? AND s.segment_id = ? AND p.status <> 'CANCELLED' "
                        + "AND (p.yearly OR p.valid_until >= CURRENT_DATE OR p.status = 'DRAFT') ORDER BY p.name")
                .params(CurrentTenant.require().value(), segment.value())
                .query((rs, n) -> t("promotions.segment_use", rs.getString(1)))
                .list();
    }
}
