package io.perennial.insights.metrics;

import java.time.LocalDate;
import java.util.Arrays;

/**
 * The valid orders of one business by customer, as columns of primitives: about 50 bytes a customer and 4 bytes a
 * purchase day, so a million customers fit into some 100 MB while they are worked on.
 */
public final class ShopHistory {

    private final long[] customers;
    private final int[] firstDayIndex;
    private final int[] days;
    private final int[] orders;
    private final double[] value;
    private final double[] repeatMean;
    private final MonthTotals months;
    private final int firstDay;
    private final int lastDay;

    ShopHistory(
            long[] customers,
            int[] firstDayIndex,
            int[] days,
            int[] orders,
            double[] value,
            double[] repeatMean,
            MonthTotals months) {
        this.customers = customers;
        this.firstDayIndex = firstDayIndex;
        this.days = days;
        this.orders = orders;
        this.value = value;
        this.repeatMean = repeatMean;
        this.months = months;
        this.firstDay = Arrays.stream(days).min().orElse(0);
        this.lastDay = Arrays.stream(days).max().orElse(0);
    }

    /** How many customers with a valid order. */
    public int buyers() {
        return customers.length;
    }

    public boolean isEmpty() {
        return customers.length == 0;
    }

    public long customer(int i) {
        return customers[i];
    }

    /** Days with at least one valid order: same-day orders count once, as the models want. */
    public int purchaseDays(int i) {
        return firstDayIndex[i + 1] - firstDayIndex[i];
    }

    /** The k-th purchase day of a customer, ascending. */
    public int day(int i, int k) {
        return days[firstDayIndex[i] + k];
    }

    public int firstDay(int i) {
        return days[firstDayIndex[i]];
    }

    public int lastDay(int i) {
        return days[firstDayIndex[i + 1] - 1];
    }

    /** Valid orders, same-day ones counted each. */
    public int orders(int i) {
        return orders[i];
    }

    /** Value net of refunds, in the tenant's currency. */
    public double value(int i) {
        return value[i];
    }

    /** Mean net value of the purchase days after the first that brought something in; 0 without one. */
    public double repeatMean(int i) {
        return repeatMean[i];
    }

    /** All customers' purchase days. */
    public int totalPurchaseDays() {
        return days.length;
    }

    public MonthTotals months() {
        return months;
    }

    /** The first purchase day of all. */
    public LocalDate firstDay() {
        return LocalDate.ofEpochDay(firstDay);
    }

    /** The last purchase day of all. */
    public LocalDate lastDay() {
        return LocalDate.ofEpochDay(lastDay);
    }

    /** Collects orders, each customer's together and in order of time. */
    public static final class Builder {

        private long[] customers = new long[1024];
        private int[] firstDayIndex = new int[1025];
        private int[] orders = new int[1024];
        private double[] value = new double[1024];
        private double[] repeatMean = new double[1024];
        private int[] days = new int[4096];
        private final MonthTotals months = new MonthTotals();
        private int customerCount;
        private int dayCount;
        private double dayValue;
        private double repeatSum;
        private int repeatDays;

        /**
         * Adds the next order.
         *
         * @param day epoch day in the tenant's zone, not before the customer's previous one
         * @param ordered value as ordered
         * @param net value after refunds so far
         */
        public void order(long customer, int day, double ordered, double net) {
            boolean another = customerCount == 0 || customers[customerCount - 1] != customer;
            if (another) {
                endCustomer();
                startCustomer(customer);
            } else if (day < days[dayCount - 1]) {
                throw new IllegalArgumentException("Orders come in order of time within a customer");
            }
            int i = customerCount - 1;
            if (another || days[dayCount - 1] != day) {
                endDay();
                if (dayCount == days.length) {
                    days = Arrays.copyOf(days, dayCount * 2);
                }
                days[dayCount++] = day;
            }
            orders[i]++;
            value[i] += net;
            dayValue += net;
            months.add(day, ordered, net, customer);
        }

        public ShopHistory build() {
            endCustomer();
            return new ShopHistory(
                    Arrays.copyOf(customers, customerCount),
                    Arrays.copyOf(firstDayIndex, customerCount + 1),
                    Arrays.copyOf(days, dayCount),
                    Arrays.copyOf(orders, customerCount),
                    Arrays.copyOf(value, customerCount),
                    Arrays.copyOf(repeatMean, customerCount),
                    months);
        }

        private void startCustomer(long customer) {
            if (customerCount == customers.length) {
                int more = customerCount * 2;
                customers = Arrays.copyOf(customers, more);
                firstDayIndex = Arrays.copyOf(firstDayIndex, more + 1);
                orders = Arrays.copyOf(orders, more);
                value = Arrays.copyOf(value, more);
                repeatMean = Arrays.copyOf(repeatMean, more);
            }
            customers[customerCount] = customer;
            firstDayIndex[customerCount++] = dayCount;
        }

        private void endCustomer() {
            if (customerCount == 0) {
                return;
            }
            endDay();
            repeatMean[customerCount - 1] = repeatDays == 0 ? 0 : repeatSum / repeatDays;
            repeatSum = 0;
            repeatDays = 0;
            firstDayIndex[customerCount] = dayCount;
        }

        private void endDay() {
            boolean repeat = customerCount > 0 && dayCount > firstDayIndex[customerCount - 1] + 1;
            if (repeat && dayValue > 0) {
                repeatSum += dayValue;
                repeatDays++;
            }
            dayValue = 0;
        }
    }
}
