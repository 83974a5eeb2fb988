package io.perennial.insights.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import com.vaadin.flow.router.Route;
import io.perennial.accounts.Businesses;
import io.perennial.accounts.Permission;
import io.perennial.insights.InsightSnapshot;
import io.perennial.insights.Insights;
import io.perennial.insights.metrics.CohortTable;
import io.perennial.insights.metrics.Proportion;
import io.perennial.insights.metrics.RepeatPurchases;
import io.perennial.uikit.ChartCard;
import io.perennial.uikit.Charts;
import io.perennial.uikit.Charts.Point;
import io.perennial.uikit.Charts.Series;
import io.perennial.uikit.Charts.Square;
import io.perennial.uikit.DataTable;
import io.perennial.uikit.DataTable.Cell;
import io.perennial.uikit.EChart;
import io.perennial.uikit.Formats;
import jakarta.annotation.security.RolesAllowed;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Whether customers come back: retention by cohort, and who buys a second time. */
@Route("insights/cohorts")
@RolesAllowed(Permission.Names.INSIGHT_READ)
class CohortsView extends InsightsPage {

    private static final int COHORTS = 18;
    private static final int AGES = 12;

    private enum Mode {
        CALENDAR,
        THIRTY_DAYS
    }

    CohortsView(Insights insights, Businesses businesses) {
        super("cohorts", insights, businesses);
    }

    @Override
    void fill(Insights.Latest latest) {
        InsightSnapshot figures = latest.snapshot();
        RadioButtonGroup<Mode> mode = new RadioButtonGroup<>(t("insights.cohorts.mode"));
        mode.setItems(Mode.values());
        mode.setItemLabelGenerator(m -> t("insights.cohorts.mode." + m.name().toLowerCase(Locale.ROOT)));
        mode.addClassName("cohort-mode");
        Div place = new Div();
        place.addClassName("cohort-place");
        mode.addValueChangeListener(e -> {
            place.removeAll();
            place.add(heatMap(
                    e.getValue() == Mode.CALENDAR ? figures.cohorts() : figures.cohortsByThirtyDays(), e.getValue()));
        });
        mode.setValue(Mode.CALENDAR);
        add(mode, place, repeats(figures));
    }

    private static ChartCard heatMap(CohortTable table, Mode mode) {
        List<CohortTable.Cohort> cohorts = table.cohorts().stream()
                .filter(c -> c.size() > 0 && c.buyers().size() > 1)
                .toList();
        cohorts = cohorts.subList(Math.max(0, cohorts.size() - COHORTS), cohorts.size());
        String unit = mode == Mode.CALENDAR ? "insights.cohorts.month" : "insights.cohorts.period";
        List<Square> squares = new ArrayList<>();
        for (int row = 0; row < cohorts.size(); row++) {
            CohortTable.Cohort cohort = cohorts.get(row);
            for (int age = 1; age < cohort.buyers().size() && age <= AGES; age++) {
                double share = (double) cohort.buyers().get(age) / cohort.size();
                boolean partial = age >= cohort.complete();
                squares.add(new Square(
                        age - 1,
                        row,
                        share * 100,
                        t(
                                partial ? "insights.cohorts.point_partial" : "insights.cohorts.point",
                                Words.month(cohort.month()),
                                t(unit, age),
                                Words.exactPercent(share),
                                Formats.number(cohort.buyers().get(age)),
                                Formats.number(cohort.size())),
                        Long.toString(Math.round(share * 100)),
                        partial));
            }
        }
        String answer = answer(table);
        EChart chart = new EChart(
                Charts.heat(
                        IntStream.rangeClosed(1, AGES)
                                .mapToObj(Integer::toString)
                                .toList(),
                        cohorts.stream().map(c -> Words.shortMonth(c.month())).toList(),
                        t(mode == Mode.CALENDAR ? "insights.cohorts.axis_months" : "insights.cohorts.axis_periods"),
                        squares),
                answer);
        chart.addClassName("heat-map");
        return new ChartCard(t("insights.cohorts.question"), answer, chart)
                .withNote(t("insights.cohorts.partial_note"))
                .withDefinition(t(
                        mode == Mode.CALENDAR
                                ? "insights.cohorts.definition_calendar"
                                : "insights.cohorts.definition_periods"))
                .withTable(table(table, cohorts), t("insights.cohorts.question"), "retention-cohorts");
    }

    private static String answer(CohortTable table) {
        Proportion first = table.average(1);
        Proportion third = table.average(3);
        Proportion year = table.average(12);
        if (!first.isKnown()) {
            return t("insights.cohorts.young");
        }
        if (!third.isKnown()) {
            return t("insights.cohorts.answer_first", Words.percent(first.share()));
        }
        return year.isKnown()
                ? t(
                        "insights.cohorts.answer_year",
                        Words.percent(first.share()),
                        Words.percent(third.share()),
                        Words.percent(year.share()))
                : t("insights.cohorts.answer_third", Words.percent(first.share()), Words.percent(third.share()));
    }

    private static DataTable table(CohortTable table, List<CohortTable.Cohort> cohorts) {
        List<String> headers = new ArrayList<>(List.of(t("insights.cohorts.cohort"), t("insights.customers")));
        IntStream.rangeClosed(1, AGES).mapToObj(Integer::toString).forEach(headers::add);
        List<List<Cell>> rows = new ArrayList<>();
        for (CohortTable.Cohort cohort : cohorts) {
            List<Cell> row = new ArrayList<>();
            row.add(Cell.text(Words.month(cohort.month())));
            row.add(Cell.count(cohort.size()));
            for (int age = 1; age <= AGES; age++) {
                if (age >= cohort.buyers().size()) {
                    row.add(new Cell("", ""));
                } else {
                    double share = (double) cohort.buyers().get(age) / cohort.size();
                    boolean partial = age >= cohort.complete();
                    row.add(new Cell(
                            partial ? t("insights.so_far", Words.exactPercent(share)) : Words.exactPercent(share),
                            String.format(Locale.ROOT, "%.4f", share)));
                }
            }
            rows.add(row);
        }
        List<Cell> average = new ArrayList<>(List.of(Cell.text(t("insights.cohorts.average")), new Cell("", "")));
        for (int age = 1; age <= AGES; age++) {
            Proportion mean = table.average(age);
            average.add(
                    mean.isKnown()
                            ? new Cell(
                                    Words.exactPercent(mean.share()), String.format(Locale.ROOT, "%.4f", mean.share()))
                            : new Cell("", ""));
        }
        rows.add(average);
        return new DataTable(headers, rows);
    }

    private static ChartCard repeats(InsightSnapshot figures) {
        List<Series> series = new ArrayList<>();
        List<RepeatPurchases.Cohort> shown = latest(figures.repeats().getFirst());
        List<Integer> colours = List.of(7, 1, 3, 2);
        for (int i = 0; i < figures.repeats().size(); i++) {
            RepeatPurchases repeats = figures.repeats().get(i);
            List<Point> points = new ArrayList<>();
            for (RepeatPurchases.Cohort c : latest(repeats)) {
                boolean known = c.complete() && c.size() > 0;
                double share = known ? (double) c.repeated() / c.size() : 0;
                points.add(new Point(
                        known ? share * 100 : null,
                        t(
                                "insights.repeat.point",
                                Words.month(c.month()),
                                Words.exactPercent(share),
                                repeats.window(),
                                Formats.number(c.repeated()),
                                Formats.number(c.size())),
                        null,
                        false));
            }
            series.add(new Series(t("insights.repeat.series", repeats.window()), colours.get(i), points));
        }
        String answer = figures.repeats().stream()
                .filter(r -> r.ofLatestYear().isKnown())
                .map(r ->
                        t("insights.repeat.part", Words.percent(r.ofLatestYear().share()), r.window()))
                .reduce((a, b) -> a + ", " + b)
                .map(parts -> t("insights.repeat.chart_answer", parts))
                .orElseGet(() -> t("insights.repeat.young", 30));
        EChart chart = new EChart(
                Charts.lines(
                        shown.stream().map(c -> Words.shortMonth(c.month())).toList(),
                        t("insights.axis_percent"),
                        series),
                answer);
        return new ChartCard(t("insights.repeat.question"), answer, chart)
                .withDefinition(t("insights.repeat.definition_all"))
                .withTable(repeatTable(figures, shown), t("insights.repeat.question"), "repeat-purchase");
    }

    private static DataTable repeatTable(InsightSnapshot figures, List<RepeatPurchases.Cohort> shown) {
        List<String> headers = new ArrayList<>(List.of(t("insights.cohorts.cohort"), t("insights.customers")));
        figures.repeats().forEach(r -> headers.add(t("insights.repeat.series", r.window())));
        List<List<Cell>> rows = new ArrayList<>();
        for (int k = 0; k < shown.size(); k++) {
            List<Cell> row = new ArrayList<>();
            row.add(Cell.text(Words.month(shown.get(k).month())));
            row.add(Cell.count(shown.get(k).size()));
            for (RepeatPurchases repeats : figures.repeats()) {
                RepeatPurchases.Cohort c = latest(repeats).get(k);
                double share = c.size() == 0 ? 0 : (double) c.repeated() / c.size();
                row.add(new Cell(
                        c.size() == 0
                                ? Formats.NONE
                                : c.complete()
                                        ? Words.exactPercent(share)
                                        : t("insights.so_far", Words.exactPercent(share)),
                        String.format(Locale.ROOT, "%.4f", share)));
            }
            rows.add(row);
        }
        return new DataTable(headers, rows);
    }

    private static List<RepeatPurchases.Cohort> latest(RepeatPurchases repeats) {
        List<RepeatPurchases.Cohort> all = repeats.cohorts();
        return all.subList(Math.max(0, all.size() - 25), all.size());
    }
}
