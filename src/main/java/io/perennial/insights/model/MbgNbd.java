package io.perennial.insights.model;

/**
 * The MBG/NBD model: as {@link BgNbd}, but a customer may also leave right after the first purchase, so one-time buyers
 * are not all held for alive. The scores of the product come from this one.
 *
 * @param alpha in the unit of time of the histories
 */
public record MbgNbd(double r, double alpha, double a, double b) implements PurchaseModel {

    /** Fits by maximum likelihood. */
    public static Fit<MbgNbd> fit(PurchaseHistories histories) {
        return Fitting.fit(histories, MbgNbd::averageLogLikelihood, p -> new MbgNbd(p[0], p[1], p[2], p[3]));
    }

    @Override
    public double probabilityAlive(int x, double tx, double age) {
        return BetaGeometric.oneIn(
                Math.log(a) - Math.log(b + x) + (r + x) * (Math.log(alpha + age) - Math.log(alpha + tx)));
    }

    @Override
    public double expectedPurchases(int x, double tx, double age, double t) {
        return probabilityAlive(x, tx, age) * BetaGeometric.expectedWhileAlive(a, a + b + x, a + b - r, alpha + age, t);
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
        return BetaGeometric.averageLogLikelihood(histories, 1, scale, p, gradient);
    }
}
