package io.perennial.insights.model;

/**
 * {@code lnΓ(base + k) − lnΓ(base)} and {@code ψ(base + k) − ψ(base)} for k = 0, 1, … : sums over whole steps, so
 * exact, without cancellation and cheaper than any gamma function.
 */
final class Rising {

    private final double[] log;
    private final double[] digamma;

    Rising(double base, int upTo) {
        log = new double[upTo + 1];
        digamma = new double[upTo + 1];
        for (int k = 0; k < upTo; k++) {
            log[k + 1] = log[k] + Math.log(base + k);
            digamma[k + 1] = digamma[k] + 1 / (base + k);
        }
    }

    double log(int k) {
        return log[k];
    }

    double digamma(int k) {
        return digamma[k];
    }
}
