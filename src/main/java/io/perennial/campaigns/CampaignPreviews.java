package io.perennial.campaigns;

import static io.perennial.uikit.Texts.t;

import io.perennial.content.Personalisation;
import io.perennial.content.RenderedMail;
import io.perennial.content.TemplateDirectory;
import io.perennial.content.TemplateId;
import io.perennial.kernel.CustomerId;
import io.perennial.kernel.TenantId;
import io.perennial.segments.SegmentId;
import io.perennial.tenancy.CurrentTenant;
import io.perennial.tenancy.SqlFragment;
import io.perennial.tenancy.TenantSql;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Shows a campaign's mail as people of its audience would get it. */
@Service
@TenantSql("Picks a sample from the audience's own query.")
public class CampaignPreviews {

    private record Sample(CustomerId id, String email) {}

    private final CampaignAudience audiences;
    private final TemplateDirectory templates;
    private final Personalisation personalisation;
    private final JdbcClient jdbc;

    CampaignPreviews(
            CampaignAudience audiences, TemplateDirectory templates, Personalisation personalisation, JdbcClient jdbc) {
        this.audiences = audiences;
        this.templates = templates;
        this.personalisation = personalisation;
        this.jdbc = jdbc;
    }

    /**
     * The mail of a draft.
     *
     * @param which the how-manieth customer of the audience, from 0; it starts anew behind the last
     */
    @Transactional(readOnly = true)
    @PreAuthorize("hasAuthority('campaign:read')")
    public CampaignPreview of(CampaignContent content, long which) {
        TemplateId template = content.template();
        if (template == null) {
            return new CampaignPreview(null, "", null, t("campaigns.preview.no_template"));
        }
        Sample sample = sample(content, which).orElse(null);
        Map<String, Object> model = new HashMap<>();
        if (sample != null) {
            model.putAll(personalisation.models(List.of(sample.id())).getOrDefault(sample.id(), Map.of()));
        }
        model.put("links", Map.of("unsubscribe", "#", "preferences", "#"));
        try {
            RenderedMail mail = templates.compile(template).render(model);
            return new CampaignPreview(sample == null ? null : sample.email(), mail.subject(), mail.html(), null);
        } catch (NoSuchElementException e) {
            return new CampaignPreview(null, "", null, t("campaigns.problem.template_gone"));
        } catch (RuntimeException e) {
            // Whatever keeps the template from rendering is what the person editing needs to read.
            return new CampaignPreview(null, "", null, t("campaigns.preview.failed", String.valueOf(e.getMessage())));
        }
    }

    private Optional<Sample> sample(CampaignContent content, long which) {
        Optional<Sample> found = sampleAt(content.include(), content.exclude(), content.topic(), which);
        return found.isPresent() || which == 0
                ? found
                : sampleAt(content.include(), content.exclude(), content.topic(), 0);
    }

    private Optional<Sample> sampleAt(
            List<SegmentId> include, List<SegmentId> exclude, @Nullable String topic, long which) {
        TenantId tenant = CurrentTenant.require();
        SqlFragment audience = audiences.mailed(tenant, include, exclude, topic);
        return jdbc.sql(audience.sql() + " ORDER BY p.id LIMIT 1 OFFSET " + which)
                .params(audience.params())
                .query((rs, n) -> new Sample(new CustomerId(rs.getLong(1)), rs.getString(2)))
                .optional();
    }
}
