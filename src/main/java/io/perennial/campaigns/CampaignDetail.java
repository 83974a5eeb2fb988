package io.perennial.campaigns;

import io.perennial.campaigns.CampaignPlanner.Origin;
import io.perennial.delivery.RunId;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * A campaign as pages show it.
 *
 * @param when the scheduled time; empty for a draft
 * @param audience frozen at the launch; empty before
 * @param note what there is to say about how it stands, in words; empty mostly
 */
public record CampaignDetail(
        CampaignId id,
        CampaignContent content,
        CampaignStatus status,
        @Nullable PlannedTime when,
        @Nullable Origin origin,
        @Nullable RunId run,
        @Nullable AudienceCount audience,
        @Nullable String note,
        @Nullable Instant launchedAt,
        @Nullable Instant finishedAt,
        String createdBy,
        Instant createdAt,
        String updatedBy,
        Instant updatedAt) {

    static @Nullable PlannedTime planned(
            @Nullable LocalDateTime local, @Nullable ZoneId zone, @Nullable Instant sendAt) {
        if (local == null || zone == null || sendAt == null) {
            return null;
        }
        PlannedTime computed = PlannedTime.of(local, zone);
        // The instant kept is the promise; zone rules that changed since do not move it.
        return computed.at().equals(sendAt) ? computed : PlannedTime.at(sendAt, zone);
    }
}
