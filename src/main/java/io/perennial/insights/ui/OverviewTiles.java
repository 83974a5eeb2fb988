package io.perennial.insights.ui;

import static io.perennial.uikit.Texts.t;

import io.perennial.insights.InsightSnapshot;
import io.perennial.insights.InsightSnapshot.Month;
import io.perennial.insights.metrics.BackTest;
import io.perennial.insights.metrics.CohortTable;
import io.perennial.insights.metrics.Forecast;
import io.perennial.insights.metrics.Gate;
import io.perennial.insights.metrics.Proportion;
import io.perennial.insights.metrics.RepeatPurchases;
import io.perennial.uikit.Formats;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The tiles of the overview: which words fit the figures. */
final class OverviewTiles {

    private static final int SPARK_MONTHS = 13;
    private static final int RETENTION_AGE = 3;
    private static final int REPEAT_WINDOW = 90;

    private final InsightSnapshot figures;
    private final Currency currency;
    private final List<Month> complete;

    OverviewTiles(InsightSnapshot figures, Currency currency) {
        this.figures = figures;
        this.currency = currency;
        this.complete = figures.months().stream().filter(m -> !m.partial()).toList();
    }

    static Proportion churn(Month month) {
        return new Proportion(month.lost(), month.activeAtStart());
    }

    AnswerTile churn() {
        String definition = t(
                figures.silenceChosen() ? "insights.churn.definition_chosen" : "insights.churn.definition",
                figures.silence());
        if (complete.size() < 2 || !churn(complete.getLast()).isKnown()) {
            return young("churn", t("insights.churn.young")).withDefinition(definition);
        }
        Month last = complete.getLast();
        Month before = complete.get(complete.size() - 2);
        Proportion now = churn(last);
        return new AnswerTile(
                        t("insights.churn.name", Words.month(last.month())),
                        Words.exactPercent(now.share()),
                        churnAnswer(last, before),
                        Words.interval(now))
                .withSpark(
                        latest().stream()
                                .filter(m -> m.activeAtStart() > 0)
                                .map(m -> churn(m).share())
                                .toList(),
                        1)
                .withDefinition(definition)
                .withLink(t("insights.see_at_risk"), "insights/at-risk");
    }

    /** What happened to churn in the last whole month, in a sentence. */
    static String churnAnswer(Month last, Month before) {
        Proportion now = churn(last);
        Proportion then = churn(before);
        if (!then.isKnown()) {
            return t("insights.churn.first", Words.exactPercent(now.share()), Words.monthName(last.month()));
        }
        String how = !Words.differ(now, then) ? "steady" : now.share() < then.share() ? "fell" : "rose";
        return t(
                "insights.churn." + how,
                Words.exactPercent(now.share()),
                Words.monthName(last.month()),
                Words.exactPercent(then.share()),
                Words.monthName(before.month()));
    }

    AnswerTile repeatPurchase() {
        RepeatPurchases repeats = figures.repeats().stream()
                .filter(r -> r.window() == REPEAT_WINDOW)
                .findFirst()
                .orElseThrow();
        Proportion rate = repeats.ofLatestYear();
        String definition = t("insights.repeat.definition", REPEAT_WINDOW);
        if (!rate.isKnown()) {
            return young("repeat", t("insights.repeat.young", REPEAT_WINDOW)).withDefinition(definition);
        }
        List<Double> shares = repeats.cohorts().stream()
                .filter(c -> c.complete() && c.size() > 0)
                .map(c -> (double) c.repeated() / c.size())
                .toList();
        return new AnswerTile(
                        t("insights.repeat.name", REPEAT_WINDOW),
                        Words.exactPercent(rate.share()),
                        t("insights.repeat.answer", Math.round(rate.share() * 100), REPEAT_WINDOW),
                        Words.interval(rate))
                .withSpark(shares.subList(Math.max(0, shares.size() - SPARK_MONTHS), shares.size()), 3)
                .withDefinition(definition)
                .withLink(t("insights.see_cohorts"), "insights/cohorts");
    }

    AnswerTile retention() {
        CohortTable table = figures.cohorts();
        Proportion kept = table.average(RETENTION_AGE);
        String definition = t("insights.retention.definition");
        if (!kept.isKnown()) {
            return young("retention", t("insights.retention.young", RETENTION_AGE))
                    .withDefinition(definition);
        }
        List<Double> curve = new ArrayList<>();
        for (int age = 1; age <= 12 && table.average(age).isKnown(); age++) {
            curve.add(table.average(age).share());
        }
        return new AnswerTile(
                        t("insights.retention.name", RETENTION_AGE),
                        Words.exactPercent(kept.share()),
                        t("insights.retention.answer", Math.round(kept.share() * 100), RETENTION_AGE),
                        Words.interval(kept))
                .withSpark(curve, 7)
                .withDefinition(definition)
                .withLink(t("insights.see_cohorts"), "insights/cohorts");
    }

    AnswerTile averageOrder() {
        String definition = t("insights.aov.definition");
        List<Month> withOrders = complete.stream().filter(m -> m.orders() > 0).toList();
        if (withOrders.isEmpty()) {
            return young("aov", t("insights.aov.young")).withDefinition(definition);
        }
        Month last = withOrders.getLast();
        double now = last.ordered() / last.orders();
        String answer = t("insights.aov.first", Words.monthName(last.month()));
        if (withOrders.size() > 1) {
            Month before = withOrders.get(withOrders.size() - 2);
            double change = now / (before.ordered() / before.orders()) - 1;
            String how = Math.abs(change) < .005 ? "same" : change > 0 ? "more" : "less";
            answer = t("insights.aov." + how, Words.percent(Math.abs(change)), Words.monthName(before.month()));
        }
        return new AnswerTile(
                        t("insights.aov.name", Words.month(last.month())),
                        Words.money(now, currency),
                        answer,
                        t("insights.aov.net", Words.money(last.net() / last.orders(), currency)))
                .withSpark(
                        latest().stream()
                                .filter(m -> m.orders() > 0)
                                .map(m -> m.ordered() / m.orders())
                                .toList(),
                        2)
                .withDefinition(definition);
    }

    AnswerTile valueToDate() {
        double mean = figures.value() / figures.buyers();
        return new AnswerTile(
                        t("insights.clv_past.name"),
                        Words.money(mean, currency),
                        t("insights.clv_past.answer", Words.money(figures.medianValue(), currency)),
                        t(
                                "insights.clv_past.note",
                                Formats.number(figures.buyers()),
                                Words.money(figures.value(), currency),
                                figures.buyers()))
                .withDefinition(t("insights.clv_past.definition"))
                .withLink(t("insights.see_rfm"), "insights/rfm");
    }

    AnswerTile valueToCome() {
        Forecast.Totals forecast = figures.forecast();
        String definition = t("insights.clv_next.definition");
        if (forecast == null) {
            String missing = figures.gates().stream()
                    .filter(g -> !g.passed())
                    .map(Words::missing)
                    .collect(Collectors.joining(" "));
            return young("clv_next", missing)
                    .withDefinition(definition)
                    .withLink(t("insights.see_forecast"), "insights/forecast");
        }
        return new AnswerTile(
                        t("insights.clv_next.name"),
                        Words.money(forecast.value() / figures.buyers(), currency),
                        t(
                                "insights.clv_next.answer",
                                Words.about(forecast.value(), currency),
                                Formats.number(Math.round(forecast.orders()))),
                        backTestNote(figures.backTest()))
                .withDefinition(definition)
                .withLink(t("insights.see_forecast"), "insights/forecast");
    }

    static String backTestNote(@Nullable BackTest test) {
        if (test == null) {
            return t("insights.backtest.none");
        }
        double error = test.error();
        String how = Math.abs(error) < .005 ? "exact" : error > 0 ? "over" : "under";
        return t("insights.backtest." + how, Words.percent(Math.abs(error)));
    }

    /** The gates that are shut. */
    static List<Gate> missing(InsightSnapshot figures) {
        return figures.gates().stream().filter(g -> !g.passed()).toList();
    }

    private static AnswerTile young(String metric, String why) {
        return new AnswerTile(t("insights." + metric + ".plain_name"), Formats.NONE, why, "");
    }

    private List<Month> latest() {
        return complete.subList(Math.max(0, complete.size() - SPARK_MONTHS), complete.size());
    }
}
