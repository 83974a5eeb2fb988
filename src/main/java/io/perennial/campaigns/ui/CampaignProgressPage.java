package io.perennial.campaigns.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Composite;
import com.vaadin.flow.component.DetachEvent;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.shared.Registration;
import io.perennial.accounts.CurrentStaff;
import io.perennial.accounts.Permission;
import io.perennial.campaigns.AudienceCount;
import io.perennial.campaigns.CampaignDetail;
import io.perennial.campaigns.CampaignId;
import io.perennial.campaigns.CampaignPlanner.Origin;
import io.perennial.campaigns.CampaignReport;
import io.perennial.campaigns.CampaignStatus;
import io.perennial.campaigns.PlannedTime;
import io.perennial.campaigns.WrongCampaignState;
import io.perennial.content.TemplateId;
import io.perennial.delivery.DoubtChoice;
import io.perennial.delivery.MessageState;
import io.perennial.uikit.Card;
import io.perennial.uikit.Formats;
import io.perennial.uikit.PageHead;
import io.perennial.uikit.Reader;
import io.perennial.uikit.Toasts;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.NoSuchElementException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.OptimisticLockingFailureException;

/** A campaign that is no draft: when it goes out, how far it is, what came of it. Live while something moves. */
class CampaignProgressPage extends Composite<Div> {

    private static final Duration PULSE = Duration.ofSeconds(1);
    /** From this long before its time a scheduled campaign is watched. */
    private static final Duration SOON = Duration.ofMinutes(15);

    /** What is read at each pulse. */
    private record Reading(
            CampaignDetail campaign, @Nullable CampaignReport report, PaceNotice.Outlook outlook) {}

    private final CampaignServices services;
    private final Consumer<CampaignId> reopen;
    private final CampaignId id;
    private final ZoneId zone;
    private final Div body = new Div();
    private final RunFigures figures;
    private @Nullable OutcomeGrid outcomes;
    private CampaignDetail shown;
    private Registration pulse = () -> {};
    private final PaceNotice pace = new PaceNotice();
    private int beat;

    CampaignProgressPage(CampaignServices services, CampaignDetail campaign, Consumer<CampaignId> reopen) {
        this.services = services;
        this.reopen = reopen;
        this.id = campaign.id();
        this.shown = campaign;
        this.zone = services.businesses().current().zone();
        this.figures = new RunFigures(
                services.businesses().current().currency(),
                new DoubtNotice(CurrentStaff.may(Permission.CAMPAIGN_SEND), this::showDoubtful, this::settleDoubt));
        body.addClassName("campaign-page");
        getContent().addClassName("campaign-page");
        getContent().add(body);
        CampaignReport report = services.reports().report(id).orElse(null);
        build(report);
    }

    @Override
    protected void onAttach(AttachEvent event) {
        super.onAttach(event);
        watch(event.getUI());
    }

    @Override
    protected void onDetach(DetachEvent event) {
        pulse.remove();
        super.onDetach(event);
    }

    private void watch(UI ui) {
        pulse.remove();
        if (moves()) {
            pulse = services.backstage()
                    .every(
                            PULSE,
                            ui,
                            () -> new Reading(
                                    services.desk().require(id),
                                    services.reports().report(id).orElse(null),
                                    outlook()),
                            this::beat);
        }
    }

    private PaceNotice.Outlook outlook() {
        return PaceNotice.Outlook.of(services.outlook(), 0, Instant.now());
    }

    /** Whether anything may change by itself in the next minutes. */
    private boolean moves() {
        return switch (shown.status()) {
            case SENDING, PAUSED -> true;
            case SCHEDULED -> isSoon(shown.when());
            default -> false;
        };
    }

    private static boolean isSoon(@Nullable PlannedTime when) {
        return when != null && when.at().isBefore(Instant.now().plus(SOON));
    }

    private void beat(Reading reading) {
        CampaignStatus before = shown.status();
        shown = reading.campaign();
        if (before != shown.status()) {
            build(reading.report());
            if (!moves()) {
                pulse.remove();
            }
            return;
        }
        if (reading.report() != null) {
            figures.show(reading.report());
            pace.show(reading.outlook(), zone);
            if (outcomes != null && ++beat % 5 == 0) {
                outcomes.refresh();
            }
        }
    }

    private void build(@Nullable CampaignReport report) {
        body.removeAll();
        PageHead head = new PageHead(
                CampaignWords.nameOf(shown),
                lead(),
                new CampaignActions(services, shown, report == null ? null : report.progress(), reopen));
        head.addBesideTitle(CampaignWords.badge(shown.status(), report == null ? null : report.progress()));
        body.add(head);
        Origin origin = shown.origin();
        if (origin != null) {
            body.add(belongsTo(origin));
        }
        if (shown.note() != null) {
            Paragraph note = new Paragraph(shown.note());
            note.addClassNames("campaign-note", shown.status() == CampaignStatus.MISSED ? "tone-bad" : "tone-info");
            body.add(note);
        }
        if (report == null) {
            body.add(plan());
        } else {
            figures.show(report);
            if (!shown.status().isOver()) {
                pace.show(outlook(), zone);
            }
            outcomes = new OutcomeGrid(services, id);
            H2 people = new H2(t("campaigns.outcomes"));
            people.addClassName("section-title");
            body.add(pace, figures, reached(), people, outcomes);
        }
    }

    private void showDoubtful() {
        if (outcomes != null) {
            outcomes.showOnly(MessageState.IN_DOUBT);
        }
    }

    private void settleDoubt(DoubtChoice choice) {
        try {
            services.control().settleDoubt(id, choice);
        } catch (WrongCampaignState e) {
            Toasts.error(String.valueOf(e.getMessage()));
        } catch (OptimisticLockingFailureException e) {
            Toasts.error(t("campaigns.changed_meanwhile"));
        }
        reopen.accept(id);
    }

    /** What ordered it, with the way there: it is planned and taken back there, not here. */
    private static Component belongsTo(Origin origin) {
        Paragraph words = new Paragraph(t("campaigns.origin." + origin.kind()) + " ");
        words.add(new Anchor("promotions/" + origin.reference(), t("campaigns.origin.open")));
        words.addClassNames("campaign-note", "tone-info");
        return words;
    }

    private String lead() {
        if (shown.launchedAt() != null) {
            return t("campaigns.started", Formats.dateTime(shown.launchedAt(), Reader.zone(zone)), shown.updatedBy());
        }
        PlannedTime when = shown.when();
        if (when == null) {
            return t("campaigns.not_planned");
        }
        if (shown.status() == CampaignStatus.SCHEDULED && when.isBefore(Instant.now())) {
            return t("campaigns.starting");
        }
        return t(
                "campaigns.planned",
                Formats.dateTime(when.at(), when.zone()),
                when.zone().getId(),
                Formats.relative(when.at()));
    }

    /** Before the launch: what will happen, and to whom it would happen now. */
    private Component plan() {
        Div box = new Div();
        box.addClassName("campaign-page");
        // Nobody is reached by what was cancelled, and its segments may be gone.
        if (shown.audience() != null || !shown.status().isOver()) {
            AudienceCount now = shown.audience() != null
                    ? shown.audience()
                    : services.desk().audienceNow(id);
            Div figure =
                    new Div(t(shown.audience() == null ? "campaigns.reach_now" : "campaigns.reach_was", now.mailed()));
            figure.addClassName("campaign-count");
            box.add(Card.titled(t("campaigns.result.audience"), figure, CampaignWords.leftOutList(now)));
        }
        PlannedTime when = shown.when();
        String oddity = when == null ? null : CampaignWords.oddity(when);
        if (oddity != null) {
            Paragraph words = new Paragraph(oddity);
            words.addClassNames("campaign-note", "tone-attention");
            box.addComponentAsFirst(words);
        }
        box.add(content());
        return box;
    }

    private Component content() {
        Card card = Card.titled(t("campaigns.content"));
        TemplateId template = shown.content().template();
        if (template == null) {
            card.add(new Paragraph(t("campaigns.problem.template_missing")));
            return card;
        }
        try {
            card.add(new Anchor(
                    "templates/" + template,
                    services.templates().require(template).name()));
        } catch (NoSuchElementException e) {
            card.add(new Paragraph(t("campaigns.template_deleted")));
        }
        if (shown.status() == CampaignStatus.SCHEDULED && services.desk().templateChangedSince(id)) {
            card.add(new Paragraph(t("campaigns.template_changed")));
        }
        return card;
    }

    private Component reached() {
        AudienceCount audience = shown.audience();
        return audience == null
                ? new Div()
                : Card.titled(t("campaigns.frozen_audience"), CampaignWords.leftOutList(audience));
    }
}
