package io.perennial.insights.ui;

import static io.perennial.uikit.Texts.t;

import io.perennial.insights.InsightSnapshot;
import io.perennial.insights.InsightSnapshot.Month;
import io.perennial.insights.metrics.Proportion;
import io.perennial.uikit.ChartCard;
import io.perennial.uikit.Charts;
import io.perennial.uikit.Charts.Point;
import io.perennial.uikit.Charts.Series;
import io.perennial.uikit.DataTable;
import io.perennial.uikit.DataTable.Cell;
import io.perennial.uikit.EChart;
import io.perennial.uikit.Formats;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.function.ToIntFunction;

/** The charts of the overview: two years by month, the current month partial. */
final class OverviewCharts {

    private static final int MONTHS = 25;

    private final InsightSnapshot figures;
    private final Currency currency;
    private final List<Month> months;
    private final List<String> periods;

    OverviewCharts(InsightSnapshot figures, Currency currency) {
        this.figures = figures;
        this.currency = currency;
        List<Month> all = figures.months();
        this.months = all.subList(Math.max(0, all.size() - MONTHS), all.size());
        this.periods = months.stream().map(m -> Words.shortMonth(m.month())).toList();
    }

    ChartCard churn() {
        List<Point> points = new ArrayList<>();
        List<Double> low = new ArrayList<>();
        List<Double> high = new ArrayList<>();
        List<List<Cell>> rows = new ArrayList<>();
        int lastWhole = lastWhole();
        for (int i = 0; i < months.size(); i++) {
            Month m = months.get(i);
            Proportion churn = OverviewTiles.churn(m);
            boolean known = churn.isKnown();
            String words = known
                    ? t(
                            m.partial() ? "insights.churn.point_partial" : "insights.churn.point",
                            Words.month(m.month()),
                            Words.exactPercent(churn.share()),
                            Formats.number(m.lost()),
                            Formats.number(m.activeAtStart()))
                    : "";
            points.add(new Point(
                    known ? churn.share() * 100 : null,
                    words,
                    known && i == lastWhole ? Words.exactPercent(churn.share()) : null,
                    m.partial()));
            low.add(known ? churn.low() * 100 : 0);
            high.add(known ? churn.high() * 100 : 0);
            rows.add(List.of(
                    Cell.text(Words.month(m.month())),
                    Cell.count(m.activeAtStart()),
                    Cell.count(m.lost()),
                    known
                            ? new Cell(Words.exactPercent(churn.share()), plain(churn.share(), 4))
                            : Cell.text(Formats.NONE),
                    known ? Cell.text(Words.interval(churn)) : Cell.text(Formats.NONE),
                    Cell.count(m.returned())));
        }
        String answer = lastWhole > 0
                ? OverviewTiles.churnAnswer(months.get(lastWhole), months.get(lastWhole - 1))
                : t("insights.churn.young");
        EChart chart = new EChart(
                Charts.lineWithBand(
                        periods,
                        t("insights.axis_percent"),
                        new Series(t("insights.churn.plain_name"), 1, points),
                        low,
                        high),
                answer);
        return new ChartCard(t("insights.churn.question"), answer, chart)
                .withDefinition(t(
                        figures.silenceChosen() ? "insights.churn.definition_chosen" : "insights.churn.definition",
                        figures.silence()))
                .withTable(
                        new DataTable(
                                List.of(
                                        t("insights.month"),
                                        t("insights.active_at_start"),
                                        t("insights.lost"),
                                        t("insights.churn.plain_name"),
                                        t("insights.interval_name"),
                                        t("insights.returned")),
                                rows),
                        t("insights.churn.question"),
                        "churn");
    }

    ChartCard revenue() {
        double largest = months.stream().mapToDouble(Month::ordered).max().orElse(0);
        Scale scale = Scale.of(largest);
        List<Point> points = new ArrayList<>();
        List<List<Cell>> rows = new ArrayList<>();
        for (Month m : months) {
            points.add(new Point(
                    m.ordered() / scale.divisor(),
                    t(
                            m.partial() ? "insights.revenue.point_partial" : "insights.revenue.point",
                            Words.month(m.month()),
                            Words.money(m.ordered(), currency),
                            Formats.number(m.orders()),
                            m.orders()),
                    null,
                    m.partial()));
            rows.add(List.of(
                    Cell.text(Words.month(m.month())),
                    Cell.count(m.orders()),
                    Cell.count(m.buyers()),
                    new Cell(Words.money(m.ordered(), currency), plain(m.ordered(), 2)),
                    new Cell(Words.money(m.net(), currency), plain(m.net(), 2))));
        }
        String answer = revenueAnswer();
        EChart chart = new EChart(
                Charts.bars(
                        periods,
                        t("insights.axis_money." + scale.name(), currency.getCurrencyCode()),
                        List.of(new Series(t("insights.revenue.name"), 1, points))),
                answer);
        return new ChartCard(t("insights.revenue.question"), answer, chart)
                .withDefinition(t("insights.revenue.definition"))
                .withTable(
                        new DataTable(
                                List.of(
                                        t("insights.month"),
                                        t("insights.orders"),
                                        t("insights.buyers"),
                                        t("insights.as_ordered"),
                                        t("insights.net_to_date")),
                                rows),
                        t("insights.revenue.question"),
                        "revenue");
    }

    ChartCard averageOrder() {
        List<Point> points = new ArrayList<>();
        List<List<Cell>> rows = new ArrayList<>();
        int lastWhole = lastWhole();
        for (int i = 0; i < months.size(); i++) {
            Month m = months.get(i);
            Double mean = m.orders() == 0 ? null : m.ordered() / m.orders();
            String money = mean == null ? Formats.NONE : Words.money(mean, currency);
            points.add(new Point(
                    mean,
                    t(
                            m.partial() ? "insights.aov.point_partial" : "insights.aov.point",
                            Words.month(m.month()),
                            money,
                            Formats.number(m.orders()),
                            m.orders()),
                    i == lastWhole ? money : null,
                    m.partial()));
            rows.add(List.of(
                    Cell.text(Words.month(m.month())),
                    Cell.count(m.orders()),
                    mean == null ? Cell.text(Formats.NONE) : new Cell(money, plain(mean, 2)),
                    mean == null
                            ? Cell.text(Formats.NONE)
                            : new Cell(Words.money(m.net() / m.orders(), currency), plain(m.net() / m.orders(), 2))));
        }
        String answer = lastWhole < 0 || months.get(lastWhole).orders() == 0
                ? t("insights.aov.young")
                : t(
                        "insights.aov.chart_answer",
                        Words.month(months.get(lastWhole).month()),
                        Words.money(
                                months.get(lastWhole).ordered()
                                        / months.get(lastWhole).orders(),
                                currency));
        EChart chart = new EChart(
                Charts.lines(
                        periods,
                        currency.getCurrencyCode(),
                        List.of(new Series(t("insights.aov.plain_name"), 2, points))),
                answer);
        return new ChartCard(t("insights.aov.question"), answer, chart)
                .withDefinition(t("insights.aov.definition"))
                .withTable(
                        new DataTable(
                                List.of(
                                        t("insights.month"),
                                        t("insights.orders"),
                                        t("insights.aov.plain_name"),
                                        t("insights.aov.net_name")),
                                rows),
                        t("insights.aov.question"),
                        "average-order-value");
    }

    ChartCard comingAndGoing() {
        List<List<Cell>> rows = new ArrayList<>();
        for (Month m : months) {
            rows.add(List.of(
                    Cell.text(Words.month(m.month())),
                    Cell.count(m.acquired()),
                    Cell.count(m.returned()),
                    Cell.count(m.lost())));
        }
        int lastWhole = lastWhole();
        String answer = lastWhole < 0 ? t("insights.flow.young") : flowAnswer(months.get(lastWhole));
        List<Month> shown = months.subList(Math.max(0, months.size() - 13), months.size());
        EChart chart = new EChart(
                Charts.bars(
                        shown.stream().map(m -> Words.shortMonth(m.month())).toList(),
                        t("insights.customers"),
                        List.of(
                                flow("acquired", 1, shown, Month::acquired),
                                flow("returned", 3, shown, Month::returned),
                                flow("lost", 2, shown, Month::lost))),
                answer);
        return new ChartCard(t("insights.flow.question"), answer, chart)
                .withDefinition(t("insights.flow.definition", figures.silence()))
                .withTable(
                        new DataTable(
                                List.of(
                                        t("insights.month"),
                                        t("insights.acquired"),
                                        t("insights.returned"),
                                        t("insights.lost")),
                                rows),
                        t("insights.flow.question"),
                        "customers-coming-and-going");
    }

    private static Series flow(String name, int colour, List<Month> months, ToIntFunction<Month> count) {
        return new Series(
                t("insights." + name),
                colour,
                months.stream()
                        .map(m -> new Point(
                                (double) count.applyAsInt(m),
                                t(
                                        m.partial() ? "insights.flow.point_partial" : "insights.flow.point",
                                        Words.month(m.month()),
                                        t("insights." + name),
                                        Formats.number(count.applyAsInt(m))),
                                null,
                                m.partial()))
                        .toList());
    }

    private static String flowAnswer(Month m) {
        int come = m.acquired() + m.returned();
        String how = come > m.lost() ? "more" : come < m.lost() ? "fewer" : "even";
        return t(
                "insights.flow." + how,
                Words.monthName(m.month()),
                Formats.number(m.acquired()),
                Formats.number(m.returned()),
                Formats.number(m.lost()));
    }

    private String revenueAnswer() {
        int last = lastWhole();
        if (last < 0) {
            return t("insights.revenue.young");
        }
        Month m = months.get(last);
        String money = Words.money(m.ordered(), currency);
        if (last >= 12 && months.get(last - 12).ordered() > 0) {
            double change = m.ordered() / months.get(last - 12).ordered() - 1;
            return t(
                    change >= 0 ? "insights.revenue.up" : "insights.revenue.down",
                    Words.monthName(m.month()),
                    money,
                    Words.percent(Math.abs(change)));
        }
        return t("insights.revenue.answer", Words.monthName(m.month()), money);
    }

    private int lastWhole() {
        int last = months.size() - 1;
        return last >= 0 && months.get(last).partial() ? last - 1 : last;
    }

    private static String plain(double value, int decimals) {
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }

    /** In what units money is written on an axis. */
    record Scale(String name, double divisor) {
        static Scale of(double largest) {
            if (largest >= 2_000_000) {
                return new Scale("millions", 1_000_000);
            }
            return largest >= 10_000 ? new Scale("thousands", 1_000) : new Scale("units", 1);
        }
    }
}
