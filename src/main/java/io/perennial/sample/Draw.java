package io.perennial.sample;

import java.util.SplittableRandom;

/** Draws from the distributions that the sample data needs; the same seed draws the same. */
final class Draw {

    private final SplittableRandom random;

    Draw(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /** Another stream, so that what it is asked does not shift what this one draws. */
    Draw split() {
        return new Draw(random.nextLong());
    }

    boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    double uniform() {
        return random.nextDouble();
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    /** With mean 1 / {@code rate}. */
    double exponential(double rate) {
        return -Math.log(1 - random.nextDouble()) / rate;
    }

    /** By counting exponential gaps; for small means. */
    int poisson(double mean) {
        int count = 0;
        for (double at = exponential(1); at < mean; at += exponential(1)) {
            count++;
        }
        return count;
    }

    /** With mean {@code shape / rate}, by Marsaglia and Tsang (2000); a shape below 1 by their boost. */
    double gamma(double shape, double rate) {
        if (shape < 1) {
            return gamma(shape + 1, rate) * Math.pow(1 - random.nextDouble(), 1 / shape);
        }
        double d = shape - 1.0 / 3;
        double c = 1 / Math.sqrt(9 * d);
        while (true) {
            double x = random.nextGaussian();
            double v = Math.pow(1 + c * x, 3);
            if (v > 0 && Math.log(1 - random.nextDouble()) < 0.5 * x * x + d - d * v + d * Math.log(v)) {
                return d * v / rate;
            }
        }
    }

    double beta(double a, double b) {
        double x = gamma(a, 1);
        return x / (x + gamma(b, 1));
    }

    /** About {@code 1}, never far off: the exponential of a normal with this deviation. */
    double about(double deviation) {
        return Math.exp(random.nextGaussian() * deviation);
    }
}
