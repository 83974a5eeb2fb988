package io.perennial.campaigns.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.NativeDetails;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import io.perennial.campaigns.AudienceCount;
import io.perennial.campaigns.CampaignDetail;
import io.perennial.campaigns.CampaignStatus;
import io.perennial.campaigns.PlannedTime;
import io.perennial.campaigns.PlannedTime.Oddity;
import io.perennial.delivery.RunProgress;
import io.perennial.delivery.RunState;
import io.perennial.delivery.SendingOutlook.Forecast;
import io.perennial.uikit.Formats;
import io.perennial.uikit.StatusBadge;
import io.perennial.uikit.Texts;
import io.perennial.uikit.Tone;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How campaigns are put into words. */
final class CampaignWords {

    private CampaignWords() {}

    static StatusBadge badge(CampaignStatus status) {
        return new StatusBadge(status.word(), toneOf(status));
    }

    /** The badge of a campaign whose sending may have been paused by delivery. */
    static StatusBadge badge(CampaignStatus status, @Nullable RunProgress progress) {
        boolean stopped = status == CampaignStatus.SENDING && progress != null && progress.state() == RunState.PAUSED;
        return badge(stopped ? CampaignStatus.PAUSED : status);
    }

    private static Tone toneOf(CampaignStatus status) {
        return switch (status) {
            case DRAFT, CANCELLED -> Tone.NEUTRAL;
            case SCHEDULED, SENDING -> Tone.INFO;
            case MISSED -> Tone.BAD;
            case PAUSED -> Tone.ATTENTION;
            case DONE -> Tone.GOOD;
        };
    }

    static String nameOf(CampaignDetail campaign) {
        String name = campaign.content().name();
        return name.isEmpty() ? t("campaigns.untitled") : name;
    }

    /** "9:00 AM tomorrow", "9:00 AM today", or the date in full. */
    static String shortTime(PlannedTime when) {
        LocalDateTime local = when.actual();
        LocalDate today = LocalDate.ofInstant(Instant.now(), when.zone());
        String clock = clock(local);
        if (local.toLocalDate().equals(today)) {
            return t("campaigns.time.today", clock);
        }
        if (local.toLocalDate().equals(today.plusDays(1))) {
            return t("campaigns.time.tomorrow", clock);
        }
        return Formats.dateTime(when.at(), when.zone());
    }

    /** What daylight saving does to the time; nothing mostly. */
    static @Nullable String oddity(PlannedTime when) {
        if (when.oddity() == Oddity.NONE) {
            return null;
        }
        String day = DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG)
                .withLocale(Texts.locale())
                .format(when.asked());
        return when.oddity() == Oddity.GAP
                ? t("campaigns.time.gap", clock(when.asked()), day, clock(when.actual()))
                : t("campaigns.time.overlap", clock(when.asked()), day);
    }

    private static String clock(LocalDateTime time) {
        return DateTimeFormatter.ofLocalizedTime(FormatStyle.SHORT)
                .withLocale(Texts.locale())
                .format(time);
    }

    /** Who is left out and why; each person once. */
    static List<String> leftOut(AudienceCount audience) {
        List<String> words = new ArrayList<>();
        put(words, "excluded", audience.excluded());
        put(words, "no_address", audience.noAddress());
        put(words, "unsubscribed", audience.unsubscribed());
        put(words, "topic", audience.topic());
        put(words, "bounced", audience.bounced());
        put(words, "complained", audience.complained());
        put(words, "paused", audience.paused());
        put(words, "frequency", audience.frequency());
        put(words, "suppressed", audience.suppressed());
        return words;
    }

    private static void put(List<String> words, String reason, long count) {
        if (count > 0) {
            words.add(t("campaigns.left_out." + reason, count));
        }
    }

    /** The removals as a list under a line that sums them up. */
    static Div leftOutList(AudienceCount audience) {
        Div box = new Div();
        box.addClassName("campaign-left-out");
        if (audience.leftOut() == 0) {
            box.add(new Span(t("campaigns.left_out.nobody")));
            addLater(box, audience);
            return box;
        }
        box.add(new Span(t("campaigns.left_out.title", audience.leftOut(), audience.picked())));
        UnorderedList list = new UnorderedList();
        leftOut(audience).forEach(line -> list.add(new ListItem(line)));
        box.add(list);
        addLater(box, audience);
        return box;
    }

    /** When all will be out, and how many on which day; nothing to say of a sending that takes minutes. */
    static Div forecast(Forecast forecast, ZoneId zone) {
        Div box = new Div(new Paragraph(
                forecast.done() == null
                        ? t("campaigns.forecast_far")
                        : t("campaigns.forecast_done", Formats.dateTime(forecast.done(), zone))));
        box.addClassName("campaign-forecast");
        if (forecast.days().size() > 1) {
            UnorderedList days = new UnorderedList();
            forecast.days()
                    .forEach(day ->
                            days.add(new ListItem(t("campaigns.forecast_day", Formats.date(day.date()), day.mails()))));
            box.add(new NativeDetails(t("campaigns.forecast_days"), days));
        }
        return box;
    }

    private static void addLater(Div box, AudienceCount audience) {
        if (audience.later() > 0) {
            box.add(new Paragraph(t("campaigns.later", audience.later())));
        }
    }
}
