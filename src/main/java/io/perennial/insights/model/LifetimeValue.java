package io.perennial.insights.model;

/**
 * What a customer is expected to spend from now on, discounted: the expected value of an order times the expected
 * orders of each period, Σ_k [CE(kΔ) − CE((k−1)Δ)] / (1+d)^k. It is revenue; a margin is applied afterwards.
 *
 * @param model of purchases, in days
 * @param horizon days looked ahead
 * @param periods into which the horizon is cut
 * @param yearlyDiscount 0.1 is 10 % a year
 */
public record LifetimeValue(PurchaseModel model, int horizon, int periods, double yearlyDiscount) {

    /** The next 365 days by months, discounted by 10 % a year. */
    public static LifetimeValue ofNextYear(PurchaseModel model) {
        return new LifetimeValue(model, 365, 12, 0.1);
    }

    /** Expected purchases within the horizon, later ones counting less; times the value of an order it is the CLV. */
    public double discountedPurchases(int x, double tx, double age) {
        double step = (double) horizon / periods;
        double perPeriod = Math.pow(1 + yearlyDiscount, step / 365);
        double before = 0;
        double weight = 1;
        double sum = 0;
        for (int k = 1; k <= periods; k++) {
            double until = model.expectedPurchases(x, tx, age, k * step);
            weight /= perPeriod;
            sum += (until - before) * weight;
            before = until;
        }
        return sum;
    }
}
