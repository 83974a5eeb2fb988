package io.perennial.insights.metrics;

/** Bands of the churn risk: below 33 %, 33 to 66 %, above 66 %. */
public enum RiskBand {
    LOW,
    MIDDLE,
    HIGH;

    public static RiskBand of(double risk) {
        if (risk < .33) {
            return LOW;
        }
        return risk <= .66 ? MIDDLE : HIGH;
    }
}
