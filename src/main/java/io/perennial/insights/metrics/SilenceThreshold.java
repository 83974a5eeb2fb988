package io.perennial.insights.metrics;

import java.util.Arrays;

/**
 * How many days of silence make a customer of a shop without contracts lost: the 80th percentile of the days between
 * purchase days, so that four of five pauses after which people came back were shorter.
 */
public final class SilenceThreshold {

    /** Below this nobody is called lost, however often the shop's customers buy. */
    public static final int FLOOR = 30;

    /** What a shop gets that has no repeat purchase yet. */
    public static final int WITHOUT_REPEATS = 90;

    private static final double PERCENTILE = .8;

    private SilenceThreshold() {}

    /** The threshold in days: the smallest pause that at least 80 % of all pauses do not exceed, and the floor. */
    public static int of(ShopHistory history) {
        int[] counts = new int[256];
        long pauses = 0;
        for (int i = 0; i < history.buyers(); i++) {
            for (int k = 1; k < history.purchaseDays(i); k++) {
                int pause = history.day(i, k) - history.day(i, k - 1);
                if (pause >= counts.length) {
                    counts = Arrays.copyOf(counts, Math.max(pause + 1, counts.length * 2));
                }
                counts[pause]++;
                pauses++;
            }
        }
        if (pauses == 0) {
            return WITHOUT_REPEATS;
        }
        long wanted = (long) Math.ceil(PERCENTILE * pauses);
        long seen = 0;
        int pause = 0;
        while (seen < wanted) {
            seen += counts[pause++];
        }
        return Math.max(FLOOR, pause - 1);
    }
}
