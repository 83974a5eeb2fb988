package io.perennial.insights.model;

import org.hipparchus.special.Gamma;

/**
 * The gamma-gamma model of spending: the value of an order varies around each customer's own mean by a gamma
 * distribution of shape p, and those means between customers by an inverse gamma (q, v).
 *
 * @param v in the unit of money
 */
public record GammaGamma(double p, double q, double v) {

    /** Fits by maximum likelihood. */
    public static Fit<GammaGamma> fit(Spending spending) {
        if (spending.customers() == 0) {
            throw new IllegalArgumentException("No repeat buyers to fit on");
        }
        double scale = spending.scale();
        Objective objective = Fitting.onLogs((p, gradient) -> averageLogLikelihood(spending, scale, p, gradient));
        // Hipparchus' digamma is good to 3e-9, so the gradient can be asked for 1e-6 only.
        Bfgs.Result best = Bfgs.maximise(objective, new double[] {1, 1, 0}, 1e-6);
        double[] p = Fitting.exp(best.point());
        GammaGamma fitted = new GammaGamma(p[0], p[1], p[2] * scale);
        return new Fit<>(
                fitted, fitted.logLikelihood(spending), spending.customers(), best.iterations(), best.converged());
    }

    /** Whether the mean over customers exists at all: without that no value can be forecast. */
    public boolean hasMean() {
        return q > 1;
    }

    /**
     * The value to expect of a customer's orders: their own mean drawn towards everybody's, the more the fewer orders
     * they have. For x = 0 it is everybody's mean p·v/(q−1).
     *
     * @throws IllegalStateException unless {@link #hasMean()}
     */
    public double expectedValue(int x, double mean) {
        if (!hasMean()) {
            throw new IllegalStateException("q is " + q + ": the mean does not exist");
        }
        return x == 0 ? p * v / (q - 1) : p * (v + x * mean) / (p * x + q - 1);
    }

    /** The log-likelihood of everybody's spending. */
    public double logLikelihood(Spending spending) {
        return spending.customers() * averageLogLikelihood(spending, 1, new double[] {p, q, v}, new double[3]);
    }

    static double averageLogLikelihood(Spending spending, double scale, double[] parameters, double[] gradient) {
        double p = parameters[0];
        double q = parameters[1];
        double v = parameters[2];
        int maxX = spending.maxX();
        double[] gammas = new double[maxX + 1];
        double[] digammas = new double[maxX + 1];
        double[] digammasQ = new double[maxX + 1];
        double logGammaQ = Gamma.logGamma(q);
        double digammaQ = Gamma.digamma(q);
        boolean[] known = new boolean[maxX + 1];
        double logV = Math.log(v);
        double sum = 0;
        double dp = 0;
        double dq = 0;
        double dv = 0;
        for (int i = 0; i < spending.customers(); i++) {
            int x = spending.x(i);
            double mean = spending.mean(i) / scale;
            if (!known[x]) {
                known[x] = true;
                double digammaBoth = Gamma.digamma(p * x + q);
                gammas[x] = Gamma.logGamma(p * x + q) - Gamma.logGamma(p * x) - logGammaQ;
                digammas[x] = digammaBoth - Gamma.digamma(p * x);
                digammasQ[x] = digammaBoth - digammaQ;
            }
            double logMean = Math.log(mean);
            double logX = Math.log(x);
            double logTotal = Math.log(x * mean + v);
            sum += gammas[x] + q * logV + (p * x - 1) * logMean + p * x * logX - (p * x + q) * logTotal;
            dp += x * (digammas[x] + logMean + logX - logTotal);
            dq += digammasQ[x] + logV - logTotal;
            dv += q / v - (p * x + q) / (x * mean + v);
        }
        double n = spending.customers();
        gradient[0] = dp / n;
        gradient[1] = dq / n;
        gradient[2] = dv / n;
        return sum / n;
    }
}
