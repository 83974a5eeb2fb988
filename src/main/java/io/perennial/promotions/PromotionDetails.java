package io.perennial.promotions;

import io.perennial.campaigns.CampaignId;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A promotion as pages show it.
 *
 * @param redeemed vouchers redeemed so far
 * @param cost of them, in the tenant's currency
 * @param note what there is to say about how it stands, in words; empty mostly
 * @param version to be given back with a change
 */
public record PromotionDetails(
        PromotionId id,
        PromotionContent content,
        PromotionState state,
        @Nullable CampaignId announcement,
        @Nullable CampaignId thanks,
        int redeemed,
        BigDecimal cost,
        @Nullable String note,
        Instant updatedAt,
        int version) {}
