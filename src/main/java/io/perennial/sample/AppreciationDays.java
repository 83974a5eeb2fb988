package io.perennial.sample;

import static io.perennial.uikit.Texts.t;

import io.perennial.campaigns.CampaignId;
import io.perennial.campaigns.CampaignPlanner;
import io.perennial.campaigns.CampaignPlanner.Origin;
import io.perennial.campaigns.CampaignPlanner.Plan;
import io.perennial.content.TemplateDirectory;
import io.perennial.content.TemplateRef;
import io.perennial.customers.ConsentTopic;
import io.perennial.promotions.PromotionContent;
import io.perennial.promotions.PromotionId;
import io.perennial.promotions.Promotions;
import io.perennial.sample.CampaignHistory.Reached;
import io.perennial.segments.SegmentDirectory;
import io.perennial.segments.SegmentId;
import io.perennial.segments.SegmentRef;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Appreciation days: over, running and to come. What lies ahead is planned as staff would plan it. */
@Component
@Order(30)
@ConditionalOnProperty("perennial.sample.enabled")
class AppreciationDays implements SampleChapter {

    private static final LocalTime MORNING = LocalTime.of(9, 0);

    private final Promotions promotions;
    private final CampaignPlanner campaigns;
    private final CampaignHistory history;
    private final VoucherHistory vouchers;
    private final TemplateDirectory templates;
    private final SegmentDirectory segments;

    AppreciationDays(
            Promotions promotions,
            CampaignPlanner campaigns,
            CampaignHistory history,
            VoucherHistory vouchers,
            TemplateDirectory templates,
            SegmentDirectory segments) {
        this.promotions = promotions;
        this.campaigns = campaigns;
        this.history = history;
        this.vouchers = vouchers;
        this.templates = templates;
        this.segments = segments;
    }

    @Override
    public void load(SampleBusiness business) {
        if (!promotions.all().isEmpty()) {
            return; // an earlier start came this far
        }
        List<String> mails = new SampleMails(business).names();
        TemplateRef invitation = template(mails.get(SampleMails.INVITATION));
        TemplateRef thanks = template(mails.get(SampleMails.THANKS));
        SegmentId regulars = segments.list().stream()
                .filter(segment -> segment.name().equals(SegmentsAndCampaigns.REGULARS))
                .findFirst()
                .map(SegmentRef::id)
                .orElseThrow();
        for (SampleDay day : SampleDay.of(business)) {
            LocalDate date = LocalDate.now(business.zone()).plusDays(day.daysFromNow());
            LocalDateTime announceAt = date.minusDays(SampleDay.TOLD_BEFORE).atTime(MORNING);
            LocalDateTime thankAt = date.plusDays(day.good()).atTime(MORNING);
            PromotionId promotion = promotions.create(new PromotionContent(
                    day.name(),
                    date,
                    false,
                    List.of(regulars),
                    List.of(),
                    ConsentTopic.NEWS,
                    day.offer(),
                    date,
                    date.plusDays(day.good() - 1L),
                    null,
                    null,
                    invitation.id(),
                    announceAt,
                    thanks.id(),
                    thankAt));
            if (day.isAnnounced()) {
                CampaignId told = told(day, promotion, invitation, regulars, announceAt, business);
                CampaignId thanked = thanked(day, promotion, thanks, thankAt, business);
                vouchers.finish(promotion, told, thanked, announceAt.atZone(business.zone()));
            } else {
                promotions.plan(promotion);
            }
        }
    }

    /** The announcement that went out, its vouchers, and who came since. */
    private CampaignId told(
            SampleDay day,
            PromotionId promotion,
            TemplateRef mail,
            SegmentId regulars,
            LocalDateTime at,
            SampleBusiness business) {
        String name = t("promotions.mail.announcement", day.name());
        CampaignId campaign = campaigns.draft(new Plan(
                name,
                mail.id(),
                List.of(regulars),
                List.of(),
                ConsentTopic.NEWS,
                new Origin(VoucherHistory.ANNOUNCEMENT, promotion.value())));
        history.write(
                campaign,
                name,
                mail.id(),
                CampaignHistory.LATER,
                Reached.REGULARS,
                at.atZone(business.zone()),
                business);
        vouchers.issue(promotion, campaign, at.atZone(business.zone()));
        vouchers.redeem(promotion, day, business);
        return campaign;
    }

    /** The thanks that went out, or that will when the last day is over. */
    private CampaignId thanked(
            SampleDay day, PromotionId promotion, TemplateRef mail, LocalDateTime at, SampleBusiness business) {
        String name = t("promotions.mail.thanks", day.name());
        CampaignId campaign = campaigns.draft(new Plan(
                name,
                mail.id(),
                List.of(),
                List.of(),
                ConsentTopic.NEWS,
                new Origin(VoucherHistory.THANKS, promotion.value())));
        if (day.isOver()) {
            history.write(
                    campaign,
                    name,
                    mail.id(),
                    CampaignHistory.LATER,
                    Reached.REDEEMERS,
                    at.atZone(business.zone()),
                    business);
        } else {
            campaigns.schedule(campaign, at);
        }
        return campaign;
    }

    private TemplateRef template(String name) {
        return templates.list().stream()
                .filter(template -> template.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
