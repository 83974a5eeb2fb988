package io.perennial.campaigns;

import io.perennial.content.TemplateId;
import io.perennial.segments.SegmentId;
import java.time.LocalDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What other features (promotions) may ask of campaigns. All of it within the current tenant. */
public interface CampaignPlanner {

    /**
     * Plans a campaign.
     *
     * @param include segments whose customers get it
     * @param exclude segments whose customers do not
     * @param origin who ordered it, for {@link CampaignPersonalisation}; null for a campaign of its own
     */
    record Plan(
            String name,
            TemplateId template,
            List<SegmentId> include,
            List<SegmentId> exclude,
            @Nullable String topic,
            @Nullable Origin origin) {}

    /**
     * What a campaign belongs to.
     *
     * @param kind for instance {@code promotion}
     * @param reference the id there
     */
    record Origin(String kind, long reference) {}

    /** A new draft. */
    CampaignId draft(Plan plan);

    /**
     * Schedules a draft in the tenant's zone.
     *
     * @throws CampaignNotReady if something is missing, with what to do
     */
    void schedule(CampaignId campaign, LocalDateTime when);

    /** Cancels whatever is not sent yet. Harmless for one already over. */
    void cancel(CampaignId campaign);

    /** The campaigns of an origin, in order of their time. */
    List<CampaignId> of(Origin origin);
}
