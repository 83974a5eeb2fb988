package io.perennial.campaigns;

import static io.perennial.uikit.Texts.t;

import io.perennial.segments.SegmentId;
import io.perennial.segments.SegmentUse;
import io.perennial.tenancy.CurrentTenant;
import io.perennial.tenancy.TenantSql;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Keeps segments that campaigns name: also a report of last year says whom it was for. */
@Component
@TenantSql("One look-up in the link table by segment.")
class CampaignSegmentUse implements SegmentUse {

    private final JdbcClient jdbc;

    CampaignSegmentUse(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public List<String> usesOf(SegmentId segment) {
        return jdbc.sql("SELECT DISTINCT c.name, c.id FROM campaign_segment s "
                        + "JOIN campaign c ON c.tenant_id = s.tenant_id AND c.id = s.campaign_id "
                        + "WHERE s.tenant_id = ? AND s.segment_id = ? "
                        + "ORDER BY c.id")
                .params(CurrentTenant.require().value(), segment.value())
                .query((rs, n) -> t("campaigns.use_of_segment", rs.getString(1)))
                .list();
    }
}
