package io.perennial.campaigns;

import static io.perennial.uikit.Texts.t;

import io.perennial.segments.SegmentId;
import io.perennial.segments.SegmentUse;
import io.perennial.segments.UsedBy;
import io.perennial.segments.UsedBy.Weight;
import io.perennial.tenancy.CurrentTenant;
import io.perennial.tenancy.TenantSql;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Keeps segments that campaigns still need. One that is over has its audience frozen in its run; a draft asks anew for
 * whom it is once a segment of it was deleted.
 */
@Component
@TenantSql("Look-ups in the link table by segment.")
class CampaignSegmentUse implements SegmentUse {

    private static final String LETS_GO = "c.status IN ('DRAFT', 'DONE', 'CANCELLED')";

    private final JdbcClient jdbc;

    CampaignSegmentUse(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public List<UsedBy> usesOf(SegmentId segment) {
        return jdbc.sql("SELECT DISTINCT c.name, c.id, c.status FROM campaign_segment s "
                        + "JOIN campaign c ON c.tenant_id = s.tenant_id AND c.id = s.campaign_id "
                        + "WHERE s.tenant_id = ? AND s.segment_id = ? AND c.status NOT IN ('DONE', 'CANCELLED') "
                        + "ORDER BY c.id")
                .params(CurrentTenant.require().value(), segment.value())
                .query((rs, n) -> {
                    boolean draft = CampaignStatus.valueOf(rs.getString(3)) == CampaignStatus.DRAFT;
                    return new UsedBy(
                            t(draft ? "campaigns.draft_names_segment" : "campaigns.use_of_segment", rs.getString(1)),
                            "campaigns/" + rs.getLong(2),
                            draft ? Weight.NAMES : Weight.NEEDS);
                })
                .list();
    }

    @Override
    public void release(SegmentId segment) {
        long tenant = CurrentTenant.require().value();
        jdbc.sql("UPDATE campaign c JOIN campaign_segment s ON s.tenant_id = c.tenant_id AND s.campaign_id = c.id "
                        + "SET c.segment_gone = TRUE WHERE c.tenant_id = ? AND s.segment_id = ? AND " + LETS_GO)
                .params(tenant, segment.value())
                .update();
        // One that began to need it just now keeps it: the foreign key refuses the deletion then.
        jdbc.sql(
                        "DELETE s FROM campaign_segment s JOIN campaign c ON c.tenant_id = s.tenant_id AND c.id = s.campaign_id "
                                + "WHERE s.tenant_id = ? AND s.segment_id = ? AND " + LETS_GO)
                .params(tenant, segment.value())
                .update();
    }
}
