package io.perennial.campaigns.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.component.progressbar.ProgressBar;
import io.perennial.campaigns.CampaignReport;
import io.perennial.delivery.RunProgress;
import io.perennial.uikit.Formats;
import io.perennial.uikit.MetricTile;
import io.perennial.uikit.Tone;
import java.util.Currency;
import java.util.Locale;

/** How far a run is and what came of it, drawn anew at each pulse. */
class RunFigures extends Div {

    private final Currency currency;
    private final ProgressBar bar = new ProgressBar();
    private final Paragraph words = new Paragraph();
    private final Paragraph stopped = new Paragraph();
    private final DoubtNotice doubt;
    private final Div tiles = new Div();
    private final MetricTile sent = tile("sent");
    private final MetricTile opened = tile("opened");
    private final MetricTile clicked = tile("clicked");
    private final MetricTile unsubscribed = tile("unsubscribed");
    private final MetricTile bounced = tile("bounced");
    private final MetricTile ordered = tile("ordered");
    private final UnorderedList reasons = new UnorderedList();

    RunFigures(Currency currency, DoubtNotice doubt) {
        this.currency = currency;
        this.doubt = doubt;
        addClassName("campaign-page");
        bar.getElement().setAttribute("aria-label", t("campaigns.progress"));
        words.getElement().setAttribute("aria-live", "polite");
        stopped.addClassNames("campaign-note", "tone-attention");
        tiles.addClassNames("metric-tiles", "campaign-figures");
        reasons.addClassName("campaign-reasons");
        ordered.withDefinition(t("campaigns.figure.how"), t("campaigns.figure.ordered_how"));
        opened.withDefinition(t("campaigns.figure.how"), t("campaigns.figure.opened_how"));
        tiles.add(sent, opened, clicked, unsubscribed, bounced, ordered);
        Div progress = new Div(bar, words);
        progress.addClassName("campaign-progress");
        add(progress, stopped, doubt, tiles, reasons);
    }

    private static MetricTile tile(String name) {
        return new MetricTile(t("campaigns.figure." + name), Formats.NONE, "");
    }

    void show(CampaignReport report) {
        RunProgress p = report.progress();
        long settled = p.sent() + p.failed() + p.skipped() + p.inDoubt();
        bar.setVisible(settled < p.total()); // what is over needs no bar
        bar.setValue(p.total() == 0 ? 1 : Math.min(1, (double) settled / p.total()));
        words.setText(t("campaigns.progress_words", settled, p.total(), p.waiting() + p.inFlight()));
        stopped.setVisible(p.reason() != null);
        stopped.setText(p.reason() == null ? "" : t("campaigns.stopped", p.reason()));
        doubt.show(p.inDoubt());
        sent.update(Formats.number(p.sent()), t("campaigns.figure.of", p.total()));
        opened.update(
                share(p.uniqueOpens(), p),
                people(p.uniqueOpens(), report.echoes().machineOpens()));
        clicked.update(
                share(p.uniqueClicks(), p),
                people(p.uniqueClicks(), report.echoes().machineClicks()));
        unsubscribed.update(Formats.number(p.unsubscribed()), t("campaigns.figure.complaints", p.complained()));
        bounced.update(Formats.number(p.bounced()), t("campaigns.figure.failed", p.failed()));
        if (p.failed() > 0) {
            bounced.withTone(Tone.ATTENTION);
        }
        ordered.update(
                Formats.number(report.ordered().customers()),
                t(
                        "campaigns.figure.ordered_note",
                        report.ordered().orders(),
                        Formats.roundMoney(report.ordered().value(), currency)));
        reasons.removeAll();
        reasons.setVisible(
                !report.reasons().isEmpty() || !report.echoes().returned().isEmpty());
        report.echoes()
                .returned()
                .forEach(back -> reasons.add(new ListItem(t(
                        "campaigns.returned." + back.kind().toLowerCase(Locale.ROOT),
                        back.count(),
                        back.diagnostic()))));
        report.reasons()
                .forEach(reason -> reasons.add(new ListItem(t(
                        reason.skipped() ? "campaigns.reason.skipped" : "campaigns.reason.failed",
                        reason.count(),
                        reason.words().isEmpty() ? t("campaigns.reason.unknown") : reason.words()))));
    }

    private static String people(long people, long machines) {
        return machines == 0
                ? t("campaigns.figure.people", people)
                : t("campaigns.figure.people_and_machines", people, machines);
    }

    private static String share(long part, RunProgress progress) {
        return progress.sent() == 0 ? Formats.NONE : Formats.percent((double) part / progress.sent(), 1);
    }
}
