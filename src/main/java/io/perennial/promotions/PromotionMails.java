package io.perennial.promotions;

import static io.perennial.uikit.Texts.t;

import io.perennial.campaigns.CampaignId;
import io.perennial.campaigns.CampaignPlanner;
import io.perennial.campaigns.CampaignPlanner.Origin;
import io.perennial.campaigns.CampaignPlanner.Plan;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Schedules the mails of a promotion as campaigns, and takes them back. */
@Component
class PromotionMails {

    /** Brings the voucher. */
    static final String ANNOUNCEMENT = "promotion";

    /** Thanks those who redeemed it. */
    static final String THANKS = "promotion_thanks";

    record Scheduled(CampaignId announcement, @Nullable CampaignId thanks) {}

    private final CampaignPlanner campaigns;

    PromotionMails(CampaignPlanner campaigns) {
        this.campaigns = campaigns;
    }

    /**
     * @throws io.perennial.campaigns.CampaignNotReady if something is missing, with what to do
     */
    Scheduled schedule(PromotionId id, PromotionContent content) {
        if (content.announceWith() == null) {
            throw new IllegalStateException("Checked before: there is an announcement");
        }
        CampaignId announcement = campaigns.draft(new Plan(
                t("promotions.mail.announcement", content.name()),
                content.announceWith(),
                content.include(),
                content.exclude(),
                content.topic(),
                new Origin(ANNOUNCEMENT, id.value())));
        campaigns.schedule(announcement, content.announceAt());
        if (content.thankWith() == null || content.thankAt() == null) {
            return new Scheduled(announcement, null);
        }
        // Not the announcement's segments: who redeemed may have left them meanwhile and is thanked all the same.
        CampaignId thanks = campaigns.draft(new Plan(
                t("promotions.mail.thanks", content.name()),
                content.thankWith(),
                List.of(),
                List.of(),
                content.topic(),
                new Origin(THANKS, id.value())));
        campaigns.schedule(thanks, content.thankAt());
        return new Scheduled(announcement, thanks);
    }

    void cancel(PromotionDetails promotion) {
        Stream.of(promotion.announcement(), promotion.thanks()).forEach(campaign -> {
            if (campaign != null) {
                campaigns.cancel(campaign);
            }
        });
    }
}
