package io.perennial.campaigns;

import static io.perennial.uikit.Texts.t;

import io.perennial.accounts.Businesses;
import io.perennial.accounts.CurrentStaff;
import io.perennial.accounts.Permission;
import io.perennial.delivery.RunProgress;
import io.perennial.delivery.SendingOutlook;
import io.perennial.uikit.FirstStep;
import io.perennial.uikit.Formats;
import io.perennial.uikit.HomeCard;
import io.perennial.uikit.HomeContribution;
import io.perennial.uikit.HomeTask;
import io.perennial.uikit.Tone;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.PageRequest;
import org.springframework.stereotype.Component;

/** What campaigns put on Home: decisions waiting, what goes out today, how the last one did. */
@Component
class CampaignsAtHome implements HomeContribution {

    private final CampaignDesk desk;
    private final CampaignReports reports;
    private final Businesses businesses;
    private final SendingOutlook outlook;

    CampaignsAtHome(CampaignDesk desk, CampaignReports reports, Businesses businesses, SendingOutlook outlook) {
        this.outlook = outlook;
        this.desk = desk;
        this.reports = reports;
        this.businesses = businesses;
    }

    @Override
    public int order() {
        return 30;
    }

    @Override
    public List<FirstStep> firstSteps() {
        if (!CurrentStaff.may(Permission.CAMPAIGN_WRITE)) {
            return List.of();
        }
        boolean done = desk.counts().keySet().stream().anyMatch(status -> status != CampaignStatus.DRAFT);
        return List.of(new FirstStep(
                t("campaigns.home.first"),
                t("campaigns.home.first_why"),
                done,
                t("campaigns.home.first_action"),
                "campaigns/new"));
    }

    @Override
    public List<HomeTask> tasks() {
        List<HomeTask> tasks = new ArrayList<>();
        Map<CampaignStatus, Long> counts = desk.counts();
        long sending = counts.getOrDefault(CampaignStatus.SENDING, 0L);
        long waiting = sending + counts.getOrDefault(CampaignStatus.SCHEDULED, 0L);
        if (waiting > 0) {
            outlook.held()
                    .ifPresent(why -> tasks.add(new HomeTask(
                            t("campaigns.held", why),
                            waiting,
                            Tone.BAD,
                            t("campaigns.home.held_action"),
                            sending > 0 ? "campaigns?status=sending" : "campaigns?status=scheduled")));
        }
        long missed = counts.getOrDefault(CampaignStatus.MISSED, 0L);
        if (missed > 0) {
            tasks.add(new HomeTask(
                    t("campaigns.home.missed", missed),
                    missed,
                    Tone.BAD,
                    t("campaigns.home.missed_action"),
                    "campaigns?status=missed"));
        }
        long paused = counts.getOrDefault(CampaignStatus.PAUSED, 0L);
        if (paused > 0) {
            tasks.add(new HomeTask(
                    t("campaigns.home.paused", paused),
                    paused,
                    Tone.ATTENTION,
                    t("campaigns.home.paused_action"),
                    "campaigns?status=paused"));
        }
        long today = today();
        if (today > 0) {
            tasks.add(new HomeTask(
                    t("campaigns.home.today", today),
                    today,
                    Tone.INFO,
                    t("campaigns.home.today_action"),
                    "campaigns?status=scheduled"));
        }
        return tasks;
    }

    @Override
    public List<HomeCard> cards() {
        return desk
                .lastSent()
                .flatMap(last -> reports.progress(last.id()).map(progress -> card(last, progress)))
                .stream()
                .toList();
    }

    private static HomeCard card(CampaignDetail last, RunProgress progress) {
        String clicked = progress.sent() == 0
                ? Formats.NONE
                : Formats.percent((double) progress.uniqueClicks() / progress.sent(), 1);
        return new HomeCard(
                t("campaigns.home.last", last.content().name(), progress.sent(), progress.uniqueClicks()),
                clicked,
                t("campaigns.home.last_figure"),
                progress.failed() > 0 || progress.inDoubt() > 0 ? Tone.ATTENTION : Tone.NEUTRAL,
                t("campaigns.home.last_action"),
                "campaigns/" + last.id());
    }

    private long today() {
        ZoneId zone = businesses.current().zone();
        Instant midnight = LocalDate.now(zone).plusDays(1).atStartOfDay(zone).toInstant();
        return desk.upcoming(PageRequest.ofSize(50)).stream()
                .filter(c -> isBefore(c.when(), midnight))
                .count();
    }

    private static boolean isBefore(@Nullable PlannedTime when, Instant instant) {
        return when != null && when.isBefore(instant);
    }
}
