package io.perennial.insights.model;

import java.util.Arrays;

/**
 * The purchase histories of many customers, identical ones counted once: a shop with a million customers has some tens
 * of thousands of different (x, tx, age), and the likelihood needs each only once with its weight.
 */
public final class PurchaseHistories {

    private static final int BITS = 21;
    private static final int LIMIT = 1 << BITS;

    private final int[] x;
    private final double[] tx;
    private final double[] age;
    private final int[] weight;
    private final int customers;

    private PurchaseHistories(long[] sortedKeys, double daysPerUnit) {
        customers = sortedKeys.length;
        int groups = 0;
        for (int i = 0; i < customers; i++) {
            if (i == 0 || sortedKeys[i] != sortedKeys[i - 1]) {
                groups++;
            }
        }
        x = new int[groups];
        tx = new double[groups];
        age = new double[groups];
        weight = new int[groups];
        int group = -1;
        for (int i = 0; i < customers; i++) {
            long key = sortedKeys[i];
            if (i == 0 || key != sortedKeys[i - 1]) {
                group++;
                x[group] = (int) (key >>> (2 * BITS));
                tx[group] = ((key >>> BITS) & (LIMIT - 1)) / daysPerUnit;
                age[group] = (key & (LIMIT - 1)) / daysPerUnit;
            }
            weight[group]++;
        }
    }

    /** How many customers. */
    public int customers() {
        return customers;
    }

    /** How many different histories. */
    public int groups() {
        return x.length;
    }

    public int x(int group) {
        return x[group];
    }

    public double tx(int group) {
        return tx[group];
    }

    public double age(int group) {
        return age[group];
    }

    /** How many customers share this history. */
    public int weight(int group) {
        return weight[group];
    }

    /** The largest x. */
    public int maxX() {
        return Arrays.stream(x).max().orElse(0);
    }

    /** The largest age. */
    public double maxAge() {
        return Arrays.stream(age).max().orElse(0);
    }

    /** Collects customers in whole days. */
    public static final class Builder {

        private long[] keys = new long[1024];
        private int size;

        /**
         * Adds one customer.
         *
         * @param x repeat purchase days: days with a purchase after the first such day
         * @param tx days from the first to the last of them, 0 where x is 0
         * @param age days from the first until now, at least tx
         */
        public Builder add(int x, int tx, int age) {
            if (x < 0 || tx < 0 || age < tx || (x == 0) != (tx == 0) || x >= LIMIT || age >= LIMIT) {
                throw new IllegalArgumentException("Not a purchase history: x " + x + ", tx " + tx + ", age " + age);
            }
            if (size == keys.length) {
                keys = Arrays.copyOf(keys, size * 2);
            }
            keys[size++] = ((long) x << (2 * BITS)) | ((long) tx << BITS) | age;
            return this;
        }

        /** With times in days. */
        public PurchaseHistories inDays() {
            return build(1);
        }

        /** With times in weeks, as the published tables have them. */
        public PurchaseHistories inWeeks() {
            return build(7);
        }

        private PurchaseHistories build(double daysPerUnit) {
            long[] sorted = Arrays.copyOf(keys, size);
            Arrays.sort(sorted);
            return new PurchaseHistories(sorted, daysPerUnit);
        }
    }
}
