package io.perennial.insights.metrics;

import java.time.LocalDate;
import java.util.SortedMap;
import java.util.TreeMap;

/** Orders, value and buyers of each calendar month. */
public final class MonthTotals {

    /** One month's. */
    public static final class Total {
        private int orders;
        private double ordered;
        private double net;
        private int buyers;
        private long lastBuyer = Long.MIN_VALUE;

        /** Valid orders. */
        public int orders() {
            return orders;
        }

        /** Their value as ordered. */
        public double ordered() {
            return ordered;
        }

        /** Their value net of refunds. */
        public double net() {
            return net;
        }

        /** Distinct customers. */
        public int buyers() {
            return buyers;
        }
    }

    private final TreeMap<Integer, Total> byMonth = new TreeMap<>();
    private int from;
    private int until;
    private Total latest = new Total();

    /** A customer's orders come together, so that buyers can be told apart by the one before. */
    void add(int day, double ordered, double net, long customer) {
        if (day < from || day >= until) {
            LocalDate first = LocalDate.ofEpochDay(day).withDayOfMonth(1);
            from = (int) first.toEpochDay();
            until = (int) first.plusMonths(1).toEpochDay();
            latest = byMonth.computeIfAbsent(Months.index(first), m -> new Total());
        }
        latest.orders++;
        latest.ordered += ordered;
        latest.net += net;
        if (latest.lastBuyer != customer) {
            latest.lastBuyer = customer;
            latest.buyers++;
        }
    }

    /** By {@link Months#index}, ascending; months without an order are absent. */
    public SortedMap<Integer, Total> byMonth() {
        return byMonth;
    }
}
