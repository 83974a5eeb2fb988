package io.perennial.insights.model;

/** What BG/NBD and MBG/NBD share: the likelihood, and the expected purchases of somebody alive, without overflow. */
final class BetaGeometric {

    private static final int MAX_TERMS = 200_000;

    private BetaGeometric() {}

    /**
     * Expected purchases in the next {@code t} of a customer who is alive: the textbook's Gaussian hypergeometric form,
     * transformed so that neither a = 1 (0/0) nor a large x (overflow) nor a small c hurts.
     *
     * <p>With z = t/(α+T+t), L = ln(1−z), ε = a−1: c·h − e^{εL}·A·z·S, h = −expm1(εL)/ε,
     * S = Σ (A+1)_j (a)_j / ((c+1)_j (2)_j) z^j.
     *
     * @param a the parameter of drop-out
     * @param c a+b+x−1 for BG/NBD, a+b+x for MBG/NBD
     * @param bigA a+b−1−r for BG/NBD, a+b−r for MBG/NBD
     * @param elapsed α+T
     */
    static double expectedWhileAlive(double a, double c, double bigA, double elapsed, double t) {
        if (t <= 0) {
            return 0;
        }
        double z = t / (elapsed + t);
        double logRest = Math.log(elapsed) - Math.log(elapsed + t);
        double epsilon = a - 1;
        double h = epsilon == 0 ? -logRest : -Math.expm1(epsilon * logRest) / epsilon;
        double term = 1;
        double sum = 1;
        for (int j = 0; j < MAX_TERMS; j++) {
            term *= (bigA + 1 + j) * (a + j) / ((c + 1 + j) * (2 + j)) * z;
            sum += term;
            if (Math.abs(term) <= 1e-17 * Math.abs(sum)) {
                break;
            }
        }
        return c * h - Math.exp(epsilon * logRest) * bigA * z * sum;
    }

    /** 1 / (1 + e^logOdds), for any size of it. */
    static double oneIn(double logOdds) {
        return 1 / (1 + Math.exp(logOdds));
    }

    /** 1 − P(alive)·[1 − ((α+T)/(α+T+t))^(r+x)]. */
    static double churn(double alive, double shape, double elapsed, double t) {
        return 1 + alive * Math.expm1(shape * (Math.log(elapsed) - Math.log(elapsed + t)));
    }

    /**
     * The mean log-likelihood with times divided by {@code scale}, and its gradient by the parameters themselves.
     *
     * @param chances to leave beside one after each repeat purchase: 0 for BG/NBD, 1 (after the first) for MBG/NBD
     * @param p r, α, a, b
     */
    static double averageLogLikelihood(
            PurchaseHistories histories, int chances, double scale, double[] p, double[] gradient) {
        double r = p[0];
        double alpha = p[1];
        double a = p[2];
        double b = p[3];
        int maxX = histories.maxX();
        Rising overR = new Rising(r, maxX);
        Rising overB = new Rising(b, maxX + chances);
        Rising overAb = new Rising(a + b, maxX + chances);
        double logAlpha = Math.log(alpha);
        double logA = Math.log(a);
        double sum = 0;
        double dr = 0;
        double dAlpha = 0;
        double da = 0;
        double db = 0;
        for (int g = 0; g < histories.groups(); g++) {
            int x = histories.x(g);
            int k = x + chances;
            int weight = histories.weight(g);
            double end = alpha + histories.age(g) / scale;
            double last = alpha + histories.tx(g) / scale;
            double logEnd = Math.log(end);
            double logSilence = logEnd - Math.log(last);
            double stayed = b + k - 1;
            double goneOdds = k == 0 ? Double.NEGATIVE_INFINITY : logA - Math.log(stayed) + (r + x) * logSilence;
            double goneShare = oneIn(-goneOdds);
            double either = goneOdds > 0 ? goneOdds + Math.log1p(Math.exp(-goneOdds)) : Math.log1p(Math.exp(goneOdds));
            sum += weight * (overR.log(x) + r * logAlpha + overB.log(k) - overAb.log(k) - (r + x) * logEnd + either);
            dr += weight * (overR.digamma(x) + logAlpha - logEnd + goneShare * logSilence);
            dAlpha += weight * (r / alpha - (r + x) * ((1 - goneShare) / end + goneShare / last));
            da += weight * (-overAb.digamma(k) + goneShare / a);
            db += weight * (overB.digamma(k) - overAb.digamma(k) - (k == 0 ? 0 : goneShare / stayed));
        }
        double n = histories.customers();
        gradient[0] = dr / n;
        gradient[1] = dAlpha / n;
        gradient[2] = da / n;
        gradient[3] = db / n;
        return sum / n;
    }
}
