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
        Rising overB = new Rising(b, maxX + 1);
        Rising overAb = new Rising(a + b, maxX + 1);
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
            double logSilence = logEnd - Math.log(last);
            double goneOdds = logA - Math.log(b + x) + (r + x) * logSilence;
            double goneShare = BetaGeometric.oneIn(-goneOdds);
            double either = goneOdds > 0 ? goneOdds + Math.log1p(Math.exp(-goneOdds)) : Math.log1p(Math.exp(goneOdds));
            sum += weight
                    * (overR.log(x) + r * logAlpha + overB.log(x + 1) - overAb.log(x + 1) - (r + x) * logEnd + either);
            dr += weight * (overR.digamma(x) + logAlpha - logEnd + goneShare * logSilence);
            dAlpha += weight * (r / alpha - (r + x) * ((1 - goneShare) / end + goneShare / last));
            da += weight * (-overAb.digamma(x + 1) + goneShare / a);
            db += weight * (overB.digamma(x + 1) - overAb.digamma(x + 1) - goneShare / (b + x));
        }
        double n = histories.customers();
        gradient[0] = dr / n;
        gradient[1] = dAlpha / n;
        gradient[2] = da / n;
        gradient[3] = db / n;
        return sum / n;
    }
}
