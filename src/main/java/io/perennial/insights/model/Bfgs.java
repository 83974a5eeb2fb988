package io.perennial.insights.model;

/**
 * Maximises a smooth function of a few variables by BFGS with a weak Wolfe line search (bisection, Lewis and Overton
 * 2013), which needs no tuning and copes with the flat ridges of these likelihoods.
 */
final class Bfgs {

    /** Where the search ended. */
    record Result(double[] point, double value, int iterations, boolean converged) {}

    private static final int MAX_ITERATIONS = 400;
    private static final double ARMIJO = 1e-4;
    private static final double WOLFE = 0.9;

    private final Objective objective;
    private final double tolerance;
    private final int n;
    private final double[] gradient;
    private final double[] nextGradient;
    private final double[] next;
    private final double[][] inverse;

    private Bfgs(Objective objective, int n, double tolerance) {
        this.objective = objective;
        this.tolerance = tolerance;
        this.n = n;
        gradient = new double[n];
        nextGradient = new double[n];
        next = new double[n];
        inverse = new double[n][n];
    }

    /**
     * @param tolerance the largest component of the gradient at which the search is at its end
     */
    static Result maximise(Objective objective, double[] start, double tolerance) {
        return new Bfgs(objective, start.length, tolerance).run(start.clone());
    }

    private Result run(double[] point) {
        double value = objective.at(point, gradient);
        resetInverse();
        boolean fresh = true;
        for (int iteration = 0; iteration < MAX_ITERATIONS; iteration++) {
            if (norm(gradient) < tolerance) {
                return new Result(point, value, iteration, true);
            }
            double[] direction = direction();
            if (dot(direction, gradient) <= 0) {
                resetInverse();
                fresh = true;
                direction = gradient.clone();
            }
            double reached = search(point, value, direction, fresh);
            if (Double.isNaN(reached)) {
                if (fresh) {
                    // No step improves it: the end, as far as the arithmetic can tell.
                    return new Result(point, value, iteration, norm(gradient) < 1e3 * tolerance);
                }
                resetInverse();
                fresh = true;
                continue;
            }
            update(point, fresh);
            fresh = false;
            value = reached;
            System.arraycopy(next, 0, point, 0, n);
            System.arraycopy(nextGradient, 0, gradient, 0, n);
        }
        return new Result(point, value, MAX_ITERATIONS, norm(gradient) < tolerance);
    }

    /** Finds a step into {@link #next} and its value, or NaN where none improves. */
    private double search(double[] point, double value, double[] direction, boolean fresh) {
        double slope = dot(direction, gradient);
        double low = 0;
        double high = Double.POSITIVE_INFINITY;
        double longest = 2 / Math.max(norm(direction), 1e-300); // in log-parameters a factor of e² is far enough
        double step = fresh ? Math.min(1, longest / 4) : Math.min(1, longest);
        for (int i = 0; i < 60; i++) {
            for (int k = 0; k < n; k++) {
                next[k] = point[k] + step * direction[k];
            }
            double reached = objective.at(next, nextGradient);
            if (!(reached >= value + ARMIJO * step * slope)) {
                high = step;
            } else if (dot(direction, nextGradient) > WOLFE * slope && step < longest) {
                low = step;
            } else {
                return reached;
            }
            step = Double.isInfinite(high) ? Math.min(2 * step, longest) : (low + high) / 2;
        }
        return Double.NaN;
    }

    /** The BFGS update of the inverse of the negative Hessian. */
    private void update(double[] point, boolean fresh) {
        double[] s = new double[n];
        double[] y = new double[n];
        for (int k = 0; k < n; k++) {
            s[k] = next[k] - point[k];
            y[k] = gradient[k] - nextGradient[k];
        }
        double sy = dot(s, y);
        if (sy <= 1e-14) {
            return;
        }
        if (fresh) {
            double scale = sy / dot(y, y);
            for (int k = 0; k < n; k++) {
                inverse[k][k] = scale;
            }
        }
        double[] hy = new double[n];
        for (int i = 0; i < n; i++) {
            hy[i] = dot(inverse[i], y);
        }
        double factor = (1 + dot(y, hy) / sy) / sy;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                inverse[i][j] += factor * s[i] * s[j] - (hy[i] * s[j] + s[i] * hy[j]) / sy;
            }
        }
    }

    private double[] direction() {
        double[] direction = new double[n];
        for (int i = 0; i < n; i++) {
            direction[i] = dot(inverse[i], gradient);
        }
        return direction;
    }

    private void resetInverse() {
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                inverse[i][j] = i == j ? 1 : 0;
            }
        }
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private static double norm(double[] a) {
        double largest = 0;
        for (double v : a) {
            largest = Math.max(largest, Math.abs(v));
        }
        return largest;
    }
}
