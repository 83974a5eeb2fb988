package io.perennial.campaigns;

import io.perennial.content.TemplateId;
import io.perennial.content.TemplateSnapshot;
import io.perennial.kernel.TenantId;
import io.perennial.tenancy.TenantSql;
import java.time.Instant;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The template of each campaign as it was when the campaign was scheduled. Joins the caller's transaction. */
@Component
@TenantSql("One row beside the campaign, replaced whole; large texts stay out of the entity that lists load.")
class FrozenContents {

    private final JdbcClient jdbc;

    FrozenContents(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void freeze(TenantId tenant, CampaignId campaign, TemplateId template, TemplateSnapshot content, Instant now) {
        jdbc.sql(
                        "INSERT INTO campaign_content "
                                + "(tenant_id, campaign_id, template_id, subject, preheader, mjml, text, frozen_at) "
                                + "VALUES (?, ?, ?, ?, ?, ?, ?, ?) "
                                + "ON DUPLICATE KEY UPDATE template_id = VALUES(template_id), subject = VALUES(subject), "
                                + "preheader = VALUES(preheader), mjml = VALUES(mjml), text = VALUES(text), frozen_at = VALUES(frozen_at)")
                .param(tenant.value())
                .param(campaign.value())
                .param(template.value())
                .param(content.subject())
                .param(content.preheader())
                .param(content.mjml())
                .param(content.text())
                .param(UtcTimes.toColumn(now))
                .update();
    }

    Optional<TemplateSnapshot> find(TenantId tenant, CampaignId campaign) {
        return jdbc.sql("SELECT subject, preheader, mjml, text FROM campaign_content "
                        + "WHERE tenant_id = ? AND campaign_id = ?")
                .params(tenant.value(), campaign.value())
                .query((rs, n) ->
                        new TemplateSnapshot(rs.getString(1), rs.getString(2), rs.getString(3), rs.getString(4)))
                .optional();
    }
}
