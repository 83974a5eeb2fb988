package io.perennial.insights.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.router.Route;
import io.perennial.accounts.Businesses;
import io.perennial.accounts.Permission;
import io.perennial.insights.AtRisk;
import io.perennial.insights.AtRiskFilter;
import io.perennial.insights.AtRiskFilter.Risk;
import io.perennial.insights.AtRiskFilter.Worth;
import io.perennial.insights.InsightSnapshot;
import io.perennial.insights.Insights;
import io.perennial.segments.SegmentDirectory;
import io.perennial.uikit.Formats;
import jakarta.annotation.security.RolesAllowed;
import java.util.List;
import java.util.Locale;

/** The customers worth keeping who may be about to leave, from which one click makes a segment. */
@Route("insights/at-risk")
@RolesAllowed(Permission.Names.INSIGHT_READ)
class AtRiskView extends InsightsPage {

    private final AtRisk atRisk;
    private final SegmentMaker segments;
    private AtRiskFilter filter = new AtRiskFilter(Risk.SILENT, Worth.ANYONE, 0, 90);

    AtRiskView(Insights insights, Businesses businesses, AtRisk atRisk, SegmentDirectory directory) {
        super("at_risk", insights, businesses);
        this.atRisk = atRisk;
        this.segments = new SegmentMaker(directory);
    }

    @Override
    Component[] actions() {
        return new Component[] {
            segments.button(() -> t("insights.at_risk.segment_name"), () -> filter.rule(), ButtonVariant.PRIMARY)
        };
    }

    @Override
    void fill(Insights.Latest latest) {
        InsightSnapshot figures = latest.snapshot();
        filter = AtRiskFilter.worthKeeping(figures);
        boolean forecasts = filter.isForecast();
        long average = filter.averageValue();

        Select<Risk> risk = new Select<>();
        risk.setLabel(t("insights.at_risk.risk"));
        risk.setItems(forecasts ? List.of(Risk.ALL, Risk.MIDDLE, Risk.HIGH) : List.of(Risk.SILENT));
        risk.setItemLabelGenerator(r -> t(
                "insights.at_risk.risk." + r.name().toLowerCase(Locale.ROOT),
                figures.silence() / 2,
                figures.silence() * 2));
        risk.setValue(filter.risk());
        Select<Worth> worth = new Select<>();
        worth.setLabel(t("insights.at_risk.worth"));
        worth.setItems(
                forecasts
                        ? List.of(Worth.EXPECTED_ABOVE_AVERAGE, Worth.SPENT_MOST, Worth.ANYONE)
                        : List.of(Worth.SPENT_MOST, Worth.ANYONE));
        worth.setItemLabelGenerator(w -> t(
                "insights.at_risk.worth." + w.name().toLowerCase(Locale.ROOT),
                Words.money((double) average, business().currency())));
        worth.setValue(filter.worth());
        Div filters = new Div(risk, worth);
        filters.addClassName("insights-filters");

        Paragraph answer = new Paragraph();
        answer.addClassName("chart-answer");
        AtRiskGrid grid = new AtRiskGrid(business(), forecasts);
        Runnable refresh = () -> {
            filter = new AtRiskFilter(risk.getValue(), worth.getValue(), average, figures.silence());
            answer.setText(answer(atRisk.atStake(filter), forecasts));
            grid.setItems(query -> atRisk.list(filter, query.getOffset(), query.getLimit()).stream(), query ->
                    (int) Math.min(atRisk.count(filter), Integer.MAX_VALUE));
        };
        risk.addValueChangeListener(e -> refresh.run());
        worth.addValueChangeListener(e -> refresh.run());
        refresh.run();
        if (!forecasts) {
            add(notice("tone-info", t("insights.at_risk.no_forecast")));
        }
        Paragraph definition = new Paragraph(t("insights.at_risk.definition"));
        definition.addClassName("metric-definition");
        add(filters, answer, grid, definition);
    }

    private String answer(AtRisk.AtStake stake, boolean forecasts) {
        if (stake.customers() == 0) {
            return t("insights.at_risk.nobody");
        }
        String customers = Formats.number(stake.customers());
        String spent = Formats.roundMoney(stake.spent(), business().currency());
        return forecasts
                ? t(
                        "insights.at_risk.answer",
                        customers,
                        spent,
                        Words.about(stake.expected().doubleValue(), business().currency()),
                        stake.customers())
                : t("insights.at_risk.answer_silent", customers, spent, stake.customers());
    }
}
