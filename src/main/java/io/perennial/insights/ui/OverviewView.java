package io.perennial.insights.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.router.Menu;
import com.vaadin.flow.router.Route;
import io.perennial.accounts.Businesses;
import io.perennial.accounts.Permission;
import io.perennial.insights.Insights;
import jakarta.annotation.security.RolesAllowed;

/** The figures a shopkeeper looks at first, each with its answer in words. */
@Route("insights")
@Menu(title = "insights.menu", icon = "vaadin:line-bar-chart", order = 60)
@RolesAllowed(Permission.Names.INSIGHT_READ)
class OverviewView extends InsightsPage {

    OverviewView(Insights insights, Businesses businesses) {
        super("overview", insights, businesses);
    }

    @Override
    Component[] actions() {
        Anchor atRisk = new Anchor("insights/at-risk", t("insights.see_at_risk"));
        atRisk.addClassNames("button-link", "primary");
        return new Component[] {atRisk};
    }

    @Override
    void fill(Insights.Latest latest) {
        Div tiles = new Div();
        tiles.addClassName("answer-tiles");
        OverviewTiles figures = new OverviewTiles(latest.snapshot(), business().currency());
        tiles.add(
                figures.churn(),
                figures.repeatPurchase(),
                figures.retention(),
                figures.averageOrder(),
                figures.valueToDate(),
                figures.valueToCome());
        OverviewCharts charts = new OverviewCharts(latest.snapshot(), business().currency());
        Div pair = new Div(charts.comingAndGoing(), charts.averageOrder());
        pair.addClassName("chart-pair");
        add(tiles, charts.churn(), charts.revenue(), pair);
    }
}
