package io.perennial.insights.metrics;

import java.util.Arrays;

/**
 * Recency, frequency and monetary value, each 1 to 5 (5 is best). R and M by quintiles of the distinct values, so equal
 * values share a score; F by fixed bands of orders, since most customers have one: 1, 2, 3–4, 5–9, 10 and more.
 */
public final class RfmScores {

    private final byte[] recency;
    private final byte[] frequency;
    private final byte[] monetary;

    private RfmScores(int customers) {
        recency = new byte[customers];
        frequency = new byte[customers];
        monetary = new byte[customers];
    }

    public static RfmScores of(ShopHistory history) {
        int n = history.buyers();
        RfmScores scores = new RfmScores(n);
        long[] lastDays = new long[n];
        long[] cents = new long[n];
        for (int i = 0; i < n; i++) {
            lastDays[i] = history.lastDay(i);
            cents[i] = Math.round(history.value(i) * 100);
            scores.frequency[i] = (byte) frequencyBand(history.orders(i));
        }
        long[] distinctDays = distinct(lastDays);
        long[] distinctCents = distinct(cents);
        for (int i = 0; i < n; i++) {
            scores.recency[i] = quintile(distinctDays, lastDays[i]);
            scores.monetary[i] = quintile(distinctCents, cents[i]);
        }
        return scores;
    }

    public int recency(int i) {
        return recency[i];
    }

    public int frequency(int i) {
        return frequency[i];
    }

    public int monetary(int i) {
        return monetary[i];
    }

    /** The band of a number of orders. */
    static int frequencyBand(int orders) {
        if (orders >= 10) {
            return 5;
        }
        if (orders >= 5) {
            return 4;
        }
        return Math.min(orders, 3);
    }

    private static long[] distinct(long[] values) {
        long[] sorted = values.clone();
        Arrays.sort(sorted);
        int n = 0;
        for (int i = 0; i < sorted.length; i++) {
            if (i == 0 || sorted[i] != sorted[i - 1]) {
                sorted[n++] = sorted[i];
            }
        }
        return Arrays.copyOf(sorted, n);
    }

    private static byte quintile(long[] distinct, long value) {
        return (byte) (1 + 5L * Arrays.binarySearch(distinct, value) / distinct.length);
    }
}
