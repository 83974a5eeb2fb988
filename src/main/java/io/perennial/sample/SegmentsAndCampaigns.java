package io.perennial.sample;

import io.perennial.campaigns.CampaignContent;
import io.perennial.campaigns.CampaignDesk;
import io.perennial.campaigns.CampaignId;
import io.perennial.campaigns.MissedPolicy;
import io.perennial.content.TemplateDirectory;
import io.perennial.content.TemplateRef;
import io.perennial.customers.ConsentTopic;
import io.perennial.segments.Rules;
import io.perennial.segments.SegmentId;
import io.perennial.segments.Segments;
import io.perennial.segments.Starter;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Segments, mails and what became of the campaigns of the last months; one draft is left to finish. */
@Component
@Order(20)
@ConditionalOnProperty("perennial.sample.enabled")
class SegmentsAndCampaigns implements SampleChapter {

    static final String REGULARS = "Regulars";

    private final Segments segments;
    private final Rules rules;
    private final TemplateDirectory templates;
    private final CampaignDesk desk;
    private final CampaignHistory history;

    SegmentsAndCampaigns(
            Segments segments, Rules rules, TemplateDirectory templates, CampaignDesk desk, CampaignHistory history) {
        this.segments = segments;
        this.rules = rules;
        this.templates = templates;
        this.desk = desk;
        this.history = history;
    }

    @Override
    public void load(SampleBusiness business) {
        if (!segments.list().isEmpty()) {
            return; // an earlier start came this far
        }
        segment(REGULARS, Starter.REGULARS);
        segment("Bought once", Starter.ONE_TIME);
        segment("Big spenders", Starter.BIG_SPENDERS);
        segment("New this month", Starter.NEW_THIS_MONTH);
        SegmentId quiet = segment("Quiet for 90 days", Starter.QUIET);
        List<TemplateRef> mails = new SampleMails(business).save(templates);
        TemplateRef news = mails.get(SampleMails.NEWS);
        TemplateRef winBack = mails.get(SampleMails.WIN_BACK);
        past(business, 0, news.name(), news, null, 11);
        past(business, 1, winBack.name(), winBack, quiet, 6);
        past(business, 2, news.name() + " 2", news, null, 2);
        desk.create(content(winBack.name() + " 2", winBack, quiet, null));
    }

    private SegmentId segment(String name, Starter starter) {
        return segments.create(name, starter.rule(rules.muchSpent())).id();
    }

    private void past(
            SampleBusiness business,
            int number,
            String name,
            TemplateRef template,
            @Nullable SegmentId segment,
            int weeksAgo) {
        LocalDateTime sent = LocalDate.now(business.zone())
                .minusWeeks(weeksAgo)
                .with(TemporalAdjusters.previousOrSame(DayOfWeek.of(2 + number % 3)))
                .atTime(LocalTime.of(9, 0));
        CampaignId campaign = desk.create(content(name, template, segment, sent));
        history.write(
                campaign,
                name,
                template.id(),
                number,
                segment == null ? CampaignHistory.Reached.EVERYBODY : CampaignHistory.Reached.QUIET,
                ZonedDateTime.of(sent, business.zone()),
                business);
    }

    private static CampaignContent content(
            String name, TemplateRef template, @Nullable SegmentId segment, @Nullable LocalDateTime planned) {
        return new CampaignContent(
                name,
                template.id(),
                segment == null ? List.of() : List.of(segment),
                List.of(),
                ConsentTopic.NEWS,
                planned,
                MissedPolicy.SEND_LATE,
                CampaignContent.DEFAULT_LATE_HOURS);
    }
}
