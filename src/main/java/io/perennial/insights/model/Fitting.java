package io.perennial.insights.model;

import java.util.function.Function;

/**
 * Maximum likelihood over the logarithms of positive parameters, with time scaled to the longest history and the
 * likelihood averaged, so that one tolerance fits every shop.
 */
final class Fitting {

    /** On the mean log-likelihood's gradient. */
    static final double TOLERANCE = 1e-7;

    private Fitting() {}

    /** A mean log-likelihood with its gradient by the parameters. */
    interface AverageLogLikelihood {
        double at(PurchaseHistories histories, double scale, double[] parameters, double[] gradient);
    }

    /** Fits a model whose four parameters are all positive and whose second one is a time. */
    static <M extends PurchaseModel> Fit<M> fit(
            PurchaseHistories histories, AverageLogLikelihood likelihood, Function<double[], M> model) {
        if (histories.customers() == 0) {
            throw new IllegalArgumentException("No customers to fit on");
        }
        double scale = Math.max(histories.maxAge(), 1e-9);
        Objective objective = onLogs((p, gradient) -> likelihood.at(histories, scale, p, gradient));
        Bfgs.Result best = Bfgs.maximise(objective, new double[] {-0.7, -1.5, 0, 0.7}, TOLERANCE);
        double[] p = exp(best.point());
        p[1] *= scale;
        M fitted = model.apply(p);
        return new Fit<>(
                fitted, fitted.logLikelihood(histories), histories.customers(), best.iterations(), best.converged());
    }

    /** The same objective over the logarithms: dL/d(ln p) = p·dL/dp. */
    static Objective onLogs(Objective overParameters) {
        return (logs, gradient) -> {
            double[] p = exp(logs);
            double value = overParameters.at(p, gradient);
            for (int i = 0; i < p.length; i++) {
                gradient[i] *= p[i];
            }
            return value;
        };
    }

    static double[] exp(double[] logs) {
        double[] p = new double[logs.length];
        for (int i = 0; i < p.length; i++) {
            p[i] = Math.exp(logs[i]);
        }
        return p;
    }
}
