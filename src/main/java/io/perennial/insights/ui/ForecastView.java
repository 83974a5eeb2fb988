package io.perennial.insights.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.NativeDetails;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.router.Route;
import io.perennial.accounts.Businesses;
import io.perennial.accounts.Permission;
import io.perennial.insights.FittedModel;
import io.perennial.insights.InsightSnapshot;
import io.perennial.insights.Insights;
import io.perennial.insights.metrics.BackTest;
import io.perennial.insights.metrics.Forecast;
import io.perennial.insights.metrics.Gate;
import io.perennial.uikit.ChartCard;
import io.perennial.uikit.Charts;
import io.perennial.uikit.Charts.Point;
import io.perennial.uikit.Charts.Series;
import io.perennial.uikit.DataTable;
import io.perennial.uikit.DataTable.Cell;
import io.perennial.uikit.EChart;
import io.perennial.uikit.Formats;
import io.perennial.uikit.MetricTile;
import io.perennial.uikit.StatusBadge;
import io.perennial.uikit.Tone;
import jakarta.annotation.security.RolesAllowed;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/** What customers are expected to bring, how well such a forecast would have done, and how it is made. */
@Route("insights/forecast")
@RolesAllowed(Permission.Names.INSIGHT_READ)
class ForecastView extends InsightsPage {

    private final Insights insights;

    ForecastView(Insights insights, Businesses businesses) {
        super("forecast", insights, businesses);
        this.insights = insights;
    }

    @Override
    void fill(Insights.Latest latest) {
        InsightSnapshot figures = latest.snapshot();
        Forecast.Totals totals = figures.forecast();
        if (totals == null) {
            add(gates(figures));
        } else {
            add(tiles(figures, totals), values(totals));
        }
        if (figures.backTest() != null) {
            add(backTest(figures.backTest()));
        }
        if (totals != null) {
            add(explanation());
        }
    }

    private Component tiles(InsightSnapshot figures, Forecast.Totals totals) {
        Div tiles = new Div(
                new MetricTile(
                        t("insights.forecast.value"),
                        Words.about(totals.value(), business().currency()),
                        OverviewTiles.backTestNote(figures.backTest())),
                new MetricTile(
                        t("insights.forecast.orders"),
                        Formats.number(Math.round(totals.orders())),
                        t("insights.forecast.orders_note")),
                new MetricTile(
                        t("insights.forecast.active"),
                        Formats.number(Math.round(totals.stillThere())),
                        t("insights.forecast.active_note", Formats.number(figures.buyers()), figures.buyers())),
                new MetricTile(
                        t("insights.forecast.risk"),
                        Words.percent(totals.meanChurnRisk()),
                        t(
                                "insights.forecast.risk_note",
                                Formats.number(totals.low()),
                                Formats.number(totals.middle()),
                                Formats.number(totals.high()))));
        tiles.addClassName("metric-tiles");
        return tiles;
    }

    private ChartCard values(Forecast.Totals totals) {
        List<Point> points = new ArrayList<>();
        List<List<Cell>> rows = new ArrayList<>();
        List<String> names = new ArrayList<>();
        double top = 0;
        for (Forecast.Decile d : totals.deciles()) {
            String name = t("insights.forecast.decile", d.number());
            String mean = Words.money(d.mean(), business().currency());
            double share = totals.value() == 0 ? 0 : d.value() / totals.value();
            if (d.number() <= 2) {
                top += share;
            }
            names.add(Integer.toString(d.number()));
            points.add(new Point(
                    d.mean(),
                    t("insights.forecast.decile_point", name, mean, Words.percent(share)),
                    d.number() == 1 || d.number() == 10 ? mean : null,
                    false));
            rows.add(List.of(
                    Cell.text(name),
                    Cell.count(d.customers()),
                    new Cell(mean, String.format(Locale.ROOT, "%.2f", d.mean())),
                    new Cell(Words.exactPercent(share), String.format(Locale.ROOT, "%.4f", share))));
        }
        String answer = t("insights.forecast.decile_answer", Words.percent(top));
        EChart chart = new EChart(
                Charts.bars(
                        names,
                        t("insights.forecast.decile_axis", business().currency().getCurrencyCode()),
                        List.of(new Series(t("insights.clv_next.plain_name"), 1, points))),
                answer);
        return new ChartCard(t("insights.forecast.decile_question"), answer, chart)
                .withDefinition(t("insights.clv_next.definition"))
                .withTable(
                        new DataTable(
                                List.of(
                                        t("insights.forecast.tenth"),
                                        t("insights.customers"),
                                        t("insights.clv_next.plain_name"),
                                        t("insights.forecast.share")),
                                rows),
                        t("insights.forecast.decile_question"),
                        "expected-value");
    }

    private static ChartCard backTest(BackTest test) {
        List<String> names = new ArrayList<>();
        List<Point> actual = new ArrayList<>();
        List<Point> forecast = new ArrayList<>();
        List<List<Cell>> rows = new ArrayList<>();
        for (BackTest.Group g : test.byFrequency()) {
            String name = g.repeats() == 7 ? "7+" : Integer.toString(g.repeats());
            names.add(name);
            actual.add(point("insights.backtest.point_actual", name, g.actual()));
            forecast.add(point("insights.backtest.point_forecast", name, g.forecast()));
            rows.add(List.of(
                    Cell.text(name),
                    Cell.count(g.customers()),
                    new Cell(Formats.decimal(g.actual(), 2), String.format(Locale.ROOT, "%.4f", g.actual())),
                    new Cell(Formats.decimal(g.forecast(), 2), String.format(Locale.ROOT, "%.4f", g.forecast()))));
        }
        String how = Math.abs(test.error()) < .005 ? "exact" : test.error() > 0 ? "over" : "under";
        String answer = t(
                "insights.backtest.answer_" + how,
                Formats.date(test.from()),
                Formats.date(test.until().minusDays(1)),
                Formats.number(Math.round(test.forecast())),
                Formats.number(test.actual()),
                Words.percent(Math.abs(test.error())));
        EChart chart = new EChart(
                Charts.bars(
                        names,
                        t("insights.backtest.axis"),
                        List.of(
                                new Series(t("insights.backtest.actual"), 8, actual),
                                new Series(t("insights.backtest.forecast"), 1, forecast))),
                answer);
        return new ChartCard(t("insights.backtest.question"), answer, chart)
                .withDefinition(t("insights.backtest.definition"))
                .withTable(
                        new DataTable(
                                List.of(
                                        t("insights.backtest.repeats"),
                                        t("insights.customers"),
                                        t("insights.backtest.actual"),
                                        t("insights.backtest.forecast")),
                                rows),
                        t("insights.backtest.question"),
                        "back-test");
    }

    private static Point point(String key, String name, double value) {
        return new Point(value, t(key, name, Formats.decimal(value, 2)), null, false);
    }

    private static Component gates(InsightSnapshot figures) {
        Div card = new Div(new H2(t("insights.gates_title")), new Paragraph(t("insights.gates_text")));
        card.addClassName("card");
        UnorderedList list = new UnorderedList();
        list.addClassName("gates");
        for (Gate gate : figures.gates()) {
            ListItem item = new ListItem(
                    new StatusBadge(
                            t(gate.passed() ? "insights.gate_open" : "insights.gate_shut"),
                            gate.passed() ? Tone.GOOD : Tone.ATTENTION),
                    new Div(
                            gate.passed()
                                    ? t(
                                            "insights.gate_passed."
                                                    + gate.kind().name().toLowerCase(Locale.ROOT),
                                            gate.needed(),
                                            gate.have())
                                    : Words.missing(gate)));
            list.add(item);
        }
        card.add(list);
        return card;
    }

    private Component explanation() {
        Div card = new Div(new H2(t("insights.explain.title")));
        card.addClassNames("card", "explanation");
        for (int i = 1; i <= 4; i++) {
            card.add(new Paragraph(t("insights.explain." + i)));
        }
        List<List<Cell>> rows = new ArrayList<>();
        for (FittedModel model : insights.models()) {
            StringBuilder parameters = new StringBuilder();
            new TreeMap<>(model.parameters())
                    .forEach((name, value) -> parameters
                            .append(parameters.isEmpty() ? "" : " · ")
                            .append(name)
                            .append(' ')
                            .append(Formats.decimal(value, 3)));
            rows.add(List.of(
                    Cell.text(t("insights.model." + model.model().toLowerCase(Locale.ROOT))),
                    Cell.count(model.customers()),
                    Cell.text(parameters.toString()),
                    new Cell(Formats.decimal(model.logLikelihood(), 1), String.valueOf(model.logLikelihood()))));
        }
        DataTable table = new DataTable(
                List.of(
                        t("insights.model"),
                        t("insights.customers"),
                        t("insights.parameters"),
                        t("insights.log_likelihood")),
                rows);
        NativeDetails details = new NativeDetails(t("insights.for_analysts"), table.view(t("insights.for_analysts")));
        details.addClassName("metric-definition");
        card.add(details);
        return card;
    }
}
