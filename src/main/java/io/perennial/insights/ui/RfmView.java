package io.perennial.insights.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.NativeDetails;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.Route;
import io.perennial.accounts.Businesses;
import io.perennial.accounts.Permission;
import io.perennial.insights.InsightSnapshot;
import io.perennial.insights.Insights;
import io.perennial.insights.metrics.RfmGrid;
import io.perennial.kernel.RfmName;
import io.perennial.segments.Operator;
import io.perennial.segments.Rule;
import io.perennial.segments.Rule.Field;
import io.perennial.segments.SegmentDirectory;
import io.perennial.uikit.DataTable;
import io.perennial.uikit.DataTable.Cell;
import io.perennial.uikit.Formats;
import jakarta.annotation.security.RolesAllowed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Who the customers are by recency, frequency and value, and what to do for each group. */
@Route("insights/rfm")
@RolesAllowed(Permission.Names.INSIGHT_READ)
class RfmView extends InsightsPage {

    private final SegmentMaker segments;

    RfmView(Insights insights, Businesses businesses, SegmentDirectory directory) {
        super("rfm", insights, businesses);
        segments = new SegmentMaker(directory);
    }

    @Override
    void fill(Insights.Latest latest) {
        InsightSnapshot figures = latest.snapshot();
        Div details = new Div();
        details.addClassNames("card", "rfm-details");
        details.getElement().setAttribute("aria-live", "polite");
        List<NativeButton> buttons = new ArrayList<>();
        Div grid = new Div();
        grid.addClassName("rfm-grid");
        for (RfmName name : RfmName.values()) {
            NativeButton button = group(name, figures);
            button.addClickListener(e -> {
                buttons.forEach(b -> b.getElement().setAttribute("aria-pressed", String.valueOf(b == button)));
                describe(details, name, figures);
            });
            buttons.add(button);
            grid.add(button);
        }
        RfmName first = worthALook(figures);
        buttons.get(first.ordinal()).getElement().setAttribute("aria-pressed", "true");
        describe(details, first, figures);
        Div layout = new Div(frame(figures, grid), details);
        layout.addClassName("rfm-layout");
        add(layout);
    }

    private static Div frame(InsightSnapshot figures, Div grid) {
        Paragraph answer = new Paragraph(answer(figures));
        answer.addClassName("chart-answer");
        Div recency = new Div(t("insights.rfm.recency_axis"));
        recency.addClassName("rfm-recency-axis");
        Div frequency = new Div();
        frequency.addClassName("rfm-frequency-axis");
        for (int f = 1; f <= 5; f++) {
            frequency.add(new Span(t("insights.rfm.frequency_band." + f)));
        }
        Div frequencyName = new Div(t("insights.rfm.frequency_axis"));
        frequencyName.addClassName("rfm-frequency-name");
        Div legend = new Div(new Span(t("insights.rfm.colour")));
        legend.addClassName("rfm-legend");
        for (int m = 1; m <= 5; m++) {
            Span swatch = new Span(Integer.toString(m));
            swatch.addClassNames("rfm-swatch", "rfm-m" + m);
            legend.add(swatch);
        }
        NativeDetails definition =
                new NativeDetails(t("uikit.how_counted"), new Paragraph(t("insights.rfm.definition")));
        definition.addClassName("metric-definition");
        DataTable table = table(figures);
        NativeDetails asTable = new NativeDetails(t("uikit.as_table"), table.view(t("insights.rfm.question")));
        asTable.addClassName("metric-definition");
        Div foot = new Div(definition, asTable, table.download("rfm"));
        foot.addClassName("chart-foot");
        Div card = new Div(
                new H2(t("insights.rfm.question")), answer, recency, grid, frequency, frequencyName, legend, foot);
        card.addClassNames("card", "chart-card");
        return card;
    }

    private static NativeButton group(RfmName name, InsightSnapshot figures) {
        int customers = customers(figures, name);
        Span title = new Span(title(name));
        title.addClassName("rfm-name");
        Span count = new Span(Formats.number(customers));
        count.addClassName("rfm-count");
        Span share = new Span(Words.percent((double) customers / figures.buyers()));
        share.addClassName("rfm-share");
        NativeButton button = new NativeButton();
        button.add(title, count, share);
        button.addClassNames(
                "rfm-group",
                "rfm-" + name.name().toLowerCase(Locale.ROOT).replace('_', '-'),
                "rfm-m" + Math.round(monetary(figures, name)));
        button.getElement().setAttribute("aria-pressed", "false");
        return button;
    }

    private void describe(Div place, RfmName name, InsightSnapshot figures) {
        place.removeAll();
        int customers = customers(figures, name);
        double value = value(figures, name);
        String key = "insights.rfm." + name.name().toLowerCase(Locale.ROOT);
        Div counts = new Div(
                figure(Formats.number(customers), t("insights.customers")),
                figure(Words.percent((double) customers / figures.buyers()), t("insights.rfm.of_customers")),
                figure(Words.percent(figures.value() == 0 ? 0 : value / figures.value()), t("insights.rfm.of_value")));
        counts.addClassName("rfm-figures");
        Paragraph deed = new Paragraph(t(key + ".deed"));
        deed.addClassName("rfm-deed");
        place.add(new H2(title(name)), new Paragraph(t(key + ".text")), counts, deed);
        if (customers > 0) {
            place.add(segments.button(() -> title(name), () -> rule(name), ButtonVariant.PRIMARY));
        }
    }

    private static Component figure(String figure, String label) {
        Div value = new Div(figure);
        value.addClassName("rfm-figure");
        Div words = new Div(label);
        words.addClassName("metric-note");
        return new Div(value, words);
    }

    /** The customers of a group as a segment's rule. */
    static Rule rule(RfmName name) {
        return new Rule.Group(
                Rule.Match.ALL,
                List.of(
                        between(Field.RFM_RECENCY, name.recencyFrom(), name.recencyTo()),
                        between(Field.RFM_FREQUENCY, name.frequencyFrom(), name.frequencyTo())));
    }

    private static Rule between(Field field, int from, int to) {
        return from == to
                ? new Rule.Condition(field, Operator.IS, List.of(String.valueOf(from)))
                : new Rule.Condition(field, Operator.BETWEEN, List.of(String.valueOf(from), String.valueOf(to)));
    }

    private static String title(RfmName name) {
        return t("insights.rfm." + name.name().toLowerCase(Locale.ROOT));
    }

    private static String answer(InsightSnapshot figures) {
        int best = customers(figures, RfmName.CHAMPIONS) + customers(figures, RfmName.LOYAL);
        double value = value(figures, RfmName.CHAMPIONS) + value(figures, RfmName.LOYAL);
        int slipping = customers(figures, RfmName.AT_RISK) + customers(figures, RfmName.CANNOT_LOSE);
        return t(
                "insights.rfm.answer",
                Words.percent((double) best / figures.buyers()),
                Words.percent(figures.value() == 0 ? 0 : value / figures.value()),
                Formats.number(slipping),
                slipping);
    }

    /** What to open first: those slipping away, if there are any. */
    private static RfmName worthALook(InsightSnapshot figures) {
        return Arrays.asList(RfmName.CANNOT_LOSE, RfmName.AT_RISK, RfmName.NEED_ATTENTION, RfmName.CHAMPIONS).stream()
                .filter(n -> customers(figures, n) > 0)
                .findFirst()
                .orElse(RfmName.NEW);
    }

    private static int customers(InsightSnapshot figures, RfmName name) {
        return figures.rfm().of(name).stream().mapToInt(RfmGrid.Cell::customers).sum();
    }

    private static double value(InsightSnapshot figures, RfmName name) {
        return figures.rfm().of(name).stream().mapToDouble(RfmGrid.Cell::value).sum();
    }

    private static double monetary(InsightSnapshot figures, RfmName name) {
        int customers = customers(figures, name);
        return customers == 0
                ? 0
                : figures.rfm().of(name).stream()
                                .mapToDouble(c -> c.monetary() * c.customers())
                                .sum()
                        / customers;
    }

    private static DataTable table(InsightSnapshot figures) {
        List<List<Cell>> rows = new ArrayList<>();
        for (RfmName name : RfmName.values()) {
            int customers = customers(figures, name);
            double share = (double) customers / figures.buyers();
            double value = figures.value() == 0 ? 0 : value(figures, name) / figures.value();
            rows.add(List.of(
                    Cell.text(title(name)),
                    Cell.text(range(name.recencyFrom(), name.recencyTo())),
                    Cell.text(range(name.frequencyFrom(), name.frequencyTo())),
                    Cell.count(customers),
                    new Cell(Words.exactPercent(share), String.format(Locale.ROOT, "%.4f", share)),
                    new Cell(Words.exactPercent(value), String.format(Locale.ROOT, "%.4f", value)),
                    new Cell(
                            Formats.decimal(monetary(figures, name), 1),
                            String.format(Locale.ROOT, "%.2f", monetary(figures, name)))));
        }
        return new DataTable(
                List.of(
                        t("insights.rfm.group"),
                        t("insights.rfm.recency"),
                        t("insights.rfm.frequency"),
                        t("insights.customers"),
                        t("insights.rfm.of_customers"),
                        t("insights.rfm.of_value"),
                        t("insights.rfm.mean_m")),
                rows);
    }

    private static String range(int from, int to) {
        return from == to ? Integer.toString(from) : from + "–" + to;
    }
}
