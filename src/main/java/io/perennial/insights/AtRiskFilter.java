package io.perennial.insights;

import io.perennial.insights.metrics.Forecast;
import io.perennial.segments.Operator;
import io.perennial.segments.Rule;
import io.perennial.segments.Rule.Field;
import java.util.ArrayList;
import java.util.List;

/**
 * Who counts as at risk: the same conditions as a query of the list and as the rule of a segment, so that the segment
 * made from a list holds who is on it. Buyers of two orders and more.
 *
 * @param risk which churn risk, or SILENT where none is forecast
 * @param averageValue the business's mean expected value, for EXPECTED_ABOVE_AVERAGE
 * @param silence the business's silence threshold in days, for SILENT
 */
public record AtRiskFilter(Risk risk, Worth worth, long averageValue, int silence) {

    static final int LEAST_ORDERS = 2;
    static final int HIGH_MONETARY = 4;

    /** Which churn risk. */
    public enum Risk {
        /** From 33 % on. */
        ALL,
        /** 33 to 66 %: undecided. */
        MIDDLE,
        /** Above 66 %: as good as gone. */
        HIGH,
        /** Without a forecast: silent for half the threshold up to twice as long. */
        SILENT
    }

    /** Worth keeping by what. */
    public enum Worth {
        /** The forecast expects more of them than of the average customer. */
        EXPECTED_ABOVE_AVERAGE,
        /** They spent much: M of 4 or 5. */
        SPENT_MOST,
        ANYONE
    }

    public AtRiskFilter {
        if (risk == Risk.SILENT && worth == Worth.EXPECTED_ABOVE_AVERAGE) {
            throw new IllegalArgumentException("Without a forecast nothing is expected of anybody");
        }
    }

    /** What the list begins with: from the forecast where there is one, else from silence. */
    public static AtRiskFilter worthKeeping(InsightSnapshot figures) {
        Forecast.Totals forecast = figures.forecast();
        return forecast == null
                ? new AtRiskFilter(Risk.SILENT, Worth.SPENT_MOST, 0, figures.silence())
                : new AtRiskFilter(
                        Risk.ALL,
                        Worth.EXPECTED_ABOVE_AVERAGE,
                        Math.round(forecast.value() / figures.buyers()),
                        figures.silence());
    }

    /** Whether it needs the forecast's scores. */
    public boolean isForecast() {
        return risk != Risk.SILENT;
    }

    double riskFrom() {
        return risk == Risk.HIGH ? .66 : .33;
    }

    double riskTo() {
        return risk == Risk.MIDDLE ? .66 : 1;
    }

    int silentFrom() {
        return silence / 2;
    }

    int silentTo() {
        return silence * 2;
    }

    /** The same as a segment's rule. */
    public Rule rule() {
        List<Rule> rules = new ArrayList<>();
        rules.add(new Rule.Condition(Field.ORDERS, Operator.AT_LEAST, List.of(String.valueOf(LEAST_ORDERS))));
        if (isForecast()) {
            rules.add(new Rule.Condition(
                    Field.CHURN_RISK, Operator.BETWEEN, List.of(String.valueOf(riskFrom()), String.valueOf(riskTo()))));
        } else {
            rules.add(new Rule.Condition(
                    Field.DAYS_SINCE_LAST_ORDER,
                    Operator.BETWEEN,
                    List.of(String.valueOf(silentFrom()), String.valueOf(silentTo()))));
        }
        switch (worth) {
            case EXPECTED_ABOVE_AVERAGE ->
                rules.add(new Rule.Condition(Field.CLV, Operator.AT_LEAST, List.of(String.valueOf(averageValue))));
            case SPENT_MOST ->
                rules.add(new Rule.Condition(
                        Field.RFM_MONETARY, Operator.AT_LEAST, List.of(String.valueOf(HIGH_MONETARY))));
            case ANYONE -> {}
        }
        return new Rule.Group(Rule.Match.ALL, rules);
    }
}
