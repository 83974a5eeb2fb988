package io.perennial.insights.model;

/** What BG/NBD and MBG/NBD share: the expected purchases of somebody alive, without overflow. */
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
}
