package io.perennial.promotions.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.OrderedList;
import com.vaadin.flow.component.html.Span;
import io.perennial.campaigns.CampaignDetail;
import io.perennial.campaigns.PlannedTime;
import io.perennial.promotions.PromotionContent;
import io.perennial.promotions.PromotionState;
import io.perennial.uikit.Formats;
import io.perennial.uikit.Texts;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What happens when: the mails, the day, the vouchers' first and last day. */
class PlanTimeline extends OrderedList {

    /**
     * @param time whether the clock matters, or the day alone
     */
    private record Step(
            LocalDateTime at,
            boolean time,
            String title,
            String detail,
            @Nullable Component more) {}

    private final ZoneId zone;

    PlanTimeline(ZoneId zone) {
        this.zone = zone;
        addClassName("promotion-timeline");
    }

    /**
     * @param people how many the announcement reaches, in words
     * @param announcement as it stands; nothing before it is planned
     * @param thanks as it stands; nothing before it is planned or where there is none
     */
    void show(
            PromotionContent content,
            PromotionState state,
            String people,
            @Nullable CampaignDetail announcement,
            @Nullable CampaignDetail thanks) {
        removeAll();
        List<Step> steps = new ArrayList<>();
        steps.add(new Step(content.announceAt(), true, t("promotions.step.announcement"), people, link(announcement)));
        if (!content.validFrom().equals(content.day())) {
            steps.add(day(content.validFrom(), "promotions.step.valid_from"));
        }
        steps.add(new Step(
                content.day().atStartOfDay().plusSeconds(1),
                false,
                content.name().isEmpty() ? t("promotions.step.day_unnamed") : content.name(),
                t("promotions.step.day"),
                null));
        if (!content.validUntil().equals(content.day())) {
            steps.add(new Step(
                    content.validUntil().atTime(23, 59),
                    false,
                    t("promotions.step.valid_until"),
                    t("promotions.step.valid_until_detail"),
                    null));
        }
        if (content.thankAt() != null) {
            steps.add(new Step(
                    content.thankAt(),
                    true,
                    t("promotions.step.thanks"),
                    t(
                            content.thankAt().toLocalDate().isAfter(content.validUntil())
                                    ? "promotions.step.thanks_detail"
                                    : "promotions.step.thanks_same_day"),
                    link(thanks)));
        }
        LocalDateTime now = LocalDateTime.now(zone);
        boolean live = state != PromotionState.DRAFT && state != PromotionState.CANCELLED;
        steps.stream()
                .sorted(Comparator.comparing(Step::at))
                .forEach(step -> add(item(step, live && step.at().isBefore(now))));
    }

    private ListItem item(Step step, boolean past) {
        Span when = new Span(
                step.time()
                        ? Formats.dateTime(step.at().atZone(zone).toInstant(), zone)
                        : Formats.date(step.at().toLocalDate()));
        when.addClassName("promotion-step-when");
        Span title = new Span(step.title());
        title.addClassName("promotion-step-title");
        Span detail = new Span(step.detail());
        detail.addClassName("promotion-step-detail");
        Div words = new Div(when, title, detail);
        String oddity = step.time() ? oddity(PlannedTime.of(step.at(), zone)) : null;
        if (oddity != null) {
            Span note = new Span(oddity);
            note.addClassNames("promotion-step-note", "tone-attention");
            words.add(note);
        }
        if (step.more() != null) {
            words.add(step.more());
        }
        ListItem item = new ListItem(words);
        item.setClassName("past", past);
        return item;
    }

    /** What daylight saving does to the time; nothing mostly. */
    private static @Nullable String oddity(PlannedTime time) {
        return switch (time.oddity()) {
            case NONE -> null;
            case GAP -> t("promotions.step.gap", clock(time.asked()), clock(time.actual()));
            case OVERLAP -> t("promotions.step.overlap", clock(time.asked()));
        };
    }

    private static String clock(LocalDateTime time) {
        return DateTimeFormatter.ofLocalizedTime(FormatStyle.SHORT)
                .withLocale(Texts.locale())
                .format(time);
    }

    private static Step day(LocalDate day, String key) {
        return new Step(day.atStartOfDay(), false, t(key), t(key + "_detail"), null);
    }

    private static @Nullable Component link(@Nullable CampaignDetail campaign) {
        return campaign == null
                ? null
                : new Anchor(
                        "campaigns/" + campaign.id(),
                        t("promotions.step.campaign", campaign.status().word()));
    }
}
