package io.perennial.insights.model;

/**
 * The BG/NBD model: purchases are Poisson with a rate that differs between customers by Gamma(r, α); after each repeat
 * purchase a customer leaves with a probability that differs by Beta(a, b). It holds everybody without a repeat
 * purchase for alive, so never show its P(alive): take {@link MbgNbd}.
 *
 * @param alpha in the unit of time of the histories
 */
public record BgNbd(double r, double alpha, double a, double b) implements PurchaseModel {

    /** Fits by maximum likelihood. */
    public static Fit<BgNbd> fit(PurchaseHistories histories) {
        return Fitting.fit(histories, BgNbd::averageLogLikelihood, p -> new BgNbd(p[0], p[1], p[2], p[3]));
    }

    @Override
    public double probabilityAlive(int x, double tx, double age) {
        if (x == 0) {
            return 1;
        }
        return BetaGeometric.oneIn(
                Math.log(a) - Math.log(b + x - 1) + (r + x) * (Math.log(alpha + age) - Math.log(alpha + tx)));
    }

    @Override
    public double expectedPurchases(int x, double tx, double age, double t) {
        return probabilityAlive(x, tx, age)
                * BetaGeometric.expectedWhileAlive(a, a + b + x - 1, a + b - 1 - r, alpha + age, t);
    }

    @Override
    public double churnWithin(int x, double tx, double age, double t) {
        return BetaGeometric.churn(probabilityAlive(x, tx, age), r + x, alpha + age, t);
    }

    @Override
    public double logLikelihood(PurchaseHistories histories) {
        return histories.customers() * averageLogLikelihood(histories, 1, new double[] {r, alpha, a, b}, new double[4]);
    }

    static double averageLogLikelihood(PurchaseHistories histories, double scale, double[] p, double[] gradient) {
        return BetaGeometric.averageLogLikelihood(histories, 0, scale, p, gradient);
    }
}
