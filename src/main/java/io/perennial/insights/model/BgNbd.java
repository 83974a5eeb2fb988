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

    /**
     * The mean log-likelihood with times divided by {@code scale}, and its gradient by the parameters themselves.
     */
    static double averageLogLikelihood(PurchaseHistories histories, double scale, double[] p, double[] gradient) {
        double r = p[0];
        double alpha = p[1];
        double a = p[2];
        double b = p[3];
        int maxX = histories.maxX();
        Rising overR = new Rising(r, maxX);
        Rising overB = new Rising(b, maxX);
        Rising overAb = new Rising(a + b, maxX);
        double logAlpha = Math.log(alpha);
        double logA = Math.log(a);
        double sum = 0;
        double dr = 0;
        double dAlpha = 0;
        double da = 0;
        double db = 0;
        for (int g = 0; g < histories.groups(); g++) {
            int x = histories.x(g);
            int weight = histories.weight(g);
            double end = alpha + histories.age(g) / scale;
            double last = alpha + histories.tx(g) / scale;
            double logEnd = Math.log(end);
            double logLast = Math.log(last);
            double alive = -(r + x) * logEnd;
            double gone = x == 0 ? Double.NEGATIVE_INFINITY : logA - Math.log(b + x - 1) - (r + x) * logLast;
            double goneShare = BetaGeometric.oneIn(alive - gone);
            double larger = Math.max(alive, gone);
            double either = larger + Math.log1p(Math.exp(Math.min(alive, gone) - larger));
            sum += weight * (overR.log(x) + r * logAlpha + overB.log(x) - overAb.log(x) + either);
            dr += weight
                    * (overR.digamma(x) + logAlpha - (1 - goneShare) * logEnd - (x == 0 ? 0 : goneShare * logLast));
            dAlpha += weight * (r / alpha - (r + x) * ((1 - goneShare) / end + goneShare / last));
            da += weight * (-overAb.digamma(x) + goneShare / a);
            db += weight * (overB.digamma(x) - overAb.digamma(x) - (x == 0 ? 0 : goneShare / (b + x - 1)));
        }
        double n = histories.customers();
        gradient[0] = dr / n;
        gradient[1] = dAlpha / n;
        gradient[2] = da / n;
        gradient[3] = db / n;
        return sum / n;
    }
}
