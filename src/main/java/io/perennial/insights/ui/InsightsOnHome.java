package io.perennial.insights.ui;

import static io.perennial.uikit.Texts.t;

import io.perennial.accounts.Businesses;
import io.perennial.insights.AtRisk;
import io.perennial.insights.AtRiskFilter;
import io.perennial.insights.InsightSnapshot;
import io.perennial.insights.InsightSnapshot.Month;
import io.perennial.insights.Insights;
import io.perennial.insights.metrics.Forecast;
import io.perennial.insights.metrics.Proportion;
import io.perennial.uikit.Formats;
import io.perennial.uikit.HomeCard;
import io.perennial.uikit.HomeContribution;
import io.perennial.uikit.Tone;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/** Churn and the customers at risk, on Home. */
@Component
class InsightsOnHome implements HomeContribution {

    private final Insights insights;
    private final AtRisk atRisk;
    private final Businesses businesses;

    InsightsOnHome(Insights insights, AtRisk atRisk, Businesses businesses) {
        this.insights = insights;
        this.atRisk = atRisk;
        this.businesses = businesses;
    }

    @Override
    public int order() {
        return 60;
    }

    @Override
    public List<HomeCard> cards() {
        List<HomeCard> cards = new ArrayList<>();
        insights.latest().map(Insights.Latest::snapshot).filter(s -> !s.stale()).ifPresent(figures -> {
            churn(figures, cards);
            atRisk(figures, cards);
        });
        return cards;
    }

    private static void churn(InsightSnapshot figures, List<HomeCard> cards) {
        List<Month> whole = figures.months().stream().filter(m -> !m.partial()).toList();
        if (whole.size() < 2) {
            return;
        }
        Month last = whole.getLast();
        Month before = whole.get(whole.size() - 2);
        Proportion now = OverviewTiles.churn(last);
        Proportion then = OverviewTiles.churn(before);
        if (now.isKnown()) {
            Tone tone = !Words.differ(now, then) ? Tone.NEUTRAL : now.share() < then.share() ? Tone.GOOD : Tone.BAD;
            cards.add(new HomeCard(
                    OverviewTiles.churnAnswer(last, before),
                    Words.exactPercent(now.share()),
                    t("insights.home.churn_label", Words.month(last.month())),
                    tone,
                    t("insights.home.churn_action"),
                    "insights"));
        }
    }

    private void atRisk(InsightSnapshot figures, List<HomeCard> cards) {
        Forecast.Totals forecast = figures.forecast();
        if (forecast == null) {
            return;
        }
        AtRisk.AtStake stake = atRisk.atStake(AtRiskFilter.worthKeeping(figures));
        if (stake.customers() > 0) {
            cards.add(new HomeCard(
                    t("insights.home.at_risk", Formats.number(stake.customers()), stake.customers()),
                    Formats.number(stake.customers()),
                    t(
                            "insights.home.at_risk_label",
                            Words.about(
                                    stake.expected().doubleValue(),
                                    businesses.current().currency())),
                    Tone.ATTENTION,
                    t("insights.home.at_risk_action"),
                    "insights/at-risk"));
        }
    }
}
