package io.perennial.insights.metrics;

import io.perennial.insights.model.MbgNbd;
import java.time.LocalDate;
import java.util.Random;

/** Draws a shop from the very process the models assume, so that what they say can be held against the truth. */
public final class BuyTillYouDie {

    /** Receives each order in order of customer and time. */
    public interface Orders {
        void order(long customer, LocalDate day, double value);
    }

    private final MbgNbd truth;
    private final Random random;

    /**
     * @param truth in days
     */
    public BuyTillYouDie(MbgNbd truth, long seed) {
        this.truth = truth;
        this.random = new Random(seed);
    }

    /** Customers acquired evenly from {@code from} on, followed to the day before {@code until}. */
    public void draw(int customers, LocalDate from, LocalDate until, Orders orders) {
        int span = (int) (until.toEpochDay() - from.toEpochDay());
        for (int c = 1; c <= customers; c++) {
            double rate = gamma(truth.r()) / truth.alpha();
            double leave = beta(truth.a(), truth.b());
            double spending = 400 + 300 * gamma(2);
            double at = random.nextDouble() * span;
            while (at < span) {
                orders.order(c, from.plusDays((long) at), Math.rint(spending * gamma(4) / 4 * 100) / 100 + 1);
                if (random.nextDouble() < leave) {
                    break;
                }
                at += -Math.log(1 - random.nextDouble()) / rate;
            }
        }
    }

    private double beta(double a, double b) {
        double x = gamma(a);
        return x / (x + gamma(b));
    }

    private double gamma(double shape) {
        if (shape < 1) {
            return gamma(shape + 1) * Math.pow(random.nextDouble(), 1 / shape);
        }
        double d = shape - 1 / 3.0;
        double c = 1 / Math.sqrt(9 * d);
        while (true) {
            double normal = random.nextGaussian();
            double cube = Math.pow(1 + c * normal, 3);
            if (cube > 0 && Math.log(random.nextDouble()) < .5 * normal * normal + d - d * cube + d * Math.log(cube)) {
                return d * cube;
            }
        }
    }
}
