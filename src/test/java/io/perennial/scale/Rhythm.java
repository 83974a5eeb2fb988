package io.perennial.scale;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * When customers join and buy: each at a rate of their own (gamma), until they are lost, which each purchase may bring
 * about (beta), as in the BG/NBD model. Fitted so that a customer has five orders on average within three years.
 */
final class Rhythm {

    /** Minutes of three years. */
    static final int LONG = 3 * 365 * 1440;

    private static final int KIND = 1;
    private static final int SAMPLE = 20_000;
    private static final double PER_CUSTOMER = 5;
    private static final double NEVER_BUY = 0.12;
    private static final int MOST = 400;

    private final long seed;
    private final double pace;

    Rhythm(long seed) {
        this.seed = seed;
        double low = 0.01;
        double high = 100;
        for (int i = 0; i < 30; i++) {
            double middle = Math.sqrt(low * high);
            if (meanOf(middle) < PER_CUSTOMER) {
                low = middle;
            } else {
                high = middle;
            }
        }
        this.pace = Math.sqrt(low * high);
    }

    private double meanOf(double at) {
        return IntStream.range(0, SAMPLE)
                .mapToLong(i -> purchases(joined(i, SAMPLE), i, at).length)
                .average()
                .orElseThrow();
    }

    /** The minute the {@code index}th of {@code count} customers joins: ever more a day as the shop grows. */
    static int joined(int index, int count) {
        return (int) (LONG * Math.pow((index + 0.5) / count, 0.8));
    }

    /** Minutes of a customer's purchases, rising; none before they joined. */
    int[] purchases(long joined, int customer) {
        return purchases(joined, customer, pace);
    }

    private int[] purchases(long joined, int customer, double at) {
        Dice dice = Dice.of(seed, KIND, customer);
        if (dice.chance(NEVER_BUY)) {
            return new int[0];
        }
        double mean = 1440 * 60 / (dice.gamma(0.8, 1.2) + 0.02) / at;
        double lost = dice.beta(0.8, 4);
        int[] minutes = new int[8];
        int found = 0;
        double now = joined + dice.exponential(1440);
        while (now < LONG && found < MOST) {
            if (found == minutes.length) {
                minutes = Arrays.copyOf(minutes, found * 2);
            }
            minutes[found++] = (int) now;
            if (dice.chance(lost)) {
                break;
            }
            now += 60 + dice.exponential(mean);
        }
        return Arrays.copyOf(minutes, found);
    }
}
