package io.perennial.campaigns;

import io.perennial.kernel.TenantId;
import io.perennial.segments.SegmentId;
import io.perennial.tenancy.TenantSql;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Which segments a campaign includes and excludes. Joins the caller's transaction. */
@Component
@TenantSql("A plain link table; as an entity collection its rows would not name the tenant.")
class CampaignSegments {

    /** What is chosen, each list in the order of choosing. */
    record Choice(List<SegmentId> include, List<SegmentId> exclude) {

        List<SegmentId> all() {
            return Stream.concat(include.stream(), exclude.stream()).toList();
        }
    }

    private final JdbcClient jdbc;

    CampaignSegments(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Choice of(TenantId tenant, CampaignId campaign) {
        record Row(SegmentId segment, boolean excluded) {}
        List<Row> rows = jdbc.sql("SELECT segment_id, excluded FROM campaign_segment "
                        + "WHERE tenant_id = ? AND campaign_id = ? ORDER BY position")
                .params(tenant.value(), campaign.value())
                .query((rs, n) -> new Row(new SegmentId(rs.getLong(1)), rs.getBoolean(2)))
                .list();
        return new Choice(
                rows.stream().filter(r -> !r.excluded()).map(Row::segment).toList(),
                rows.stream().filter(Row::excluded).map(Row::segment).toList());
    }

    /** Whether a segment it named has been deleted, and nobody has said anew whom it is for. */
    boolean anyGone(TenantId tenant, CampaignId campaign) {
        return jdbc.sql("SELECT segment_gone FROM campaign WHERE tenant_id = ? AND id = ?")
                .params(tenant.value(), campaign.value())
                .query(Boolean.class)
                .single();
    }

    void replace(TenantId tenant, CampaignId campaign, List<SegmentId> include, List<SegmentId> exclude) {
        if (of(tenant, campaign).equals(new Choice(include, exclude))) {
            return;
        }
        jdbc.sql("DELETE FROM campaign_segment WHERE tenant_id = ? AND campaign_id = ?")
                .params(tenant.value(), campaign.value())
                .update();
        insert(tenant, campaign, include, false);
        insert(tenant, campaign, exclude, true);
        jdbc.sql("UPDATE campaign SET segment_gone = FALSE WHERE tenant_id = ? AND id = ? AND segment_gone")
                .params(tenant.value(), campaign.value())
                .update();
    }

    private void insert(TenantId tenant, CampaignId campaign, List<SegmentId> segments, boolean excluded) {
        for (int i = 0; i < segments.size(); i++) {
            jdbc.sql("INSERT INTO campaign_segment (tenant_id, campaign_id, segment_id, excluded, position) "
                            + "VALUES (?, ?, ?, ?, ?)")
                    .params(tenant.value(), campaign.value(), segments.get(i).value(), excluded, i)
                    .update();
        }
    }
}
