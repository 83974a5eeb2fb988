package io.perennial.insights.metrics;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * Retention by cohort: of the customers whose first purchase was in a month, how many distinct ones bought in each
 * later period. Not cumulative.
 *
 * @param cohorts by month, ascending
 */
public record CohortTable(List<Cohort> cohorts) {

    /**
     * One cohort.
     *
     * @param month its first day
     * @param size customers acquired in it
     * @param buyers by age in periods; the first is the cohort's whole size
     * @param complete how many of these periods are over for everybody in the cohort; later ones still fill up
     */
    public record Cohort(LocalDate month, int size, List<Integer> buyers, int complete) {
        public Cohort {
            buyers = List.copyOf(buyers);
        }
    }

    public CohortTable {
        cohorts = List.copyOf(cohorts);
    }

    /** By calendar months: age 1 is the month after the first purchase's. */
    public static CohortTable byCalendarMonth(ShopHistory history, Months months, LocalDate asOf, int latest) {
        int n = months.count();
        int[][] cells = new int[n][];
        int[] sizes = new int[n];
        for (int c = 0; c < n; c++) {
            cells[c] = new int[n - c];
        }
        for (int i = 0; i < history.buyers(); i++) {
            int cohort = months.of(history.firstDay(i));
            sizes[cohort]++;
            int counted = -1;
            for (int k = 0; k < history.purchaseDays(i); k++) {
                int age = months.of(history.day(i, k)) - cohort;
                if (age != counted) {
                    cells[cohort][age]++;
                    counted = age;
                }
            }
        }
        boolean lastIsOver = asOf.toEpochDay() >= months.startDay(n);
        List<Cohort> cohorts = new ArrayList<>();
        for (int c = Math.max(0, n - latest); c < n; c++) {
            cohorts.add(cohort(months, c, sizes[c], cells[c], lastIsOver ? n - c : n - c - 1));
        }
        return new CohortTable(cohorts);
    }

    /** By periods of 30 days counted from each customer's own first purchase. */
    public static CohortTable byThirtyDays(ShopHistory history, Months months, LocalDate asOf, int latest) {
        int n = months.count();
        int today = (int) asOf.toEpochDay();
        int[][] cells = new int[n][];
        int[] sizes = new int[n];
        for (int c = 0; c < n; c++) {
            cells[c] = new int[Math.max(0, today - months.startDay(c)) / 30 + 1];
        }
        for (int i = 0; i < history.buyers(); i++) {
            int first = history.firstDay(i);
            int cohort = months.of(first);
            sizes[cohort]++;
            int counted = -1;
            for (int k = 0; k < history.purchaseDays(i); k++) {
                int age = (history.day(i, k) - first) / 30;
                if (age != counted) {
                    cells[cohort][age]++;
                    counted = age;
                }
            }
        }
        List<Cohort> cohorts = new ArrayList<>();
        for (int c = Math.max(0, n - latest); c < n; c++) {
            int youngest = months.startDay(c + 1) - 1;
            int complete = Math.max(0, today - youngest) / 30;
            cohorts.add(cohort(months, c, sizes[c], cells[c], Math.min(complete, cells[c].length)));
        }
        return new CohortTable(cohorts);
    }

    private static Cohort cohort(Months months, int c, int size, int[] cells, int complete) {
        List<Integer> buyers = new ArrayList<>(cells.length);
        for (int cell : cells) {
            buyers.add(cell);
        }
        return new Cohort(Months.start(months.firstIndex() + c), size, buyers, complete);
    }

    /** The share of customers who bought at this age, over the cohorts for which that period is over. */
    public Proportion average(int age) {
        long bought = 0;
        long of = 0;
        for (Cohort cohort : cohorts) {
            if (age < cohort.complete()) {
                bought += cohort.buyers().get(age);
                of += cohort.size();
            }
        }
        return new Proportion(bought, of);
    }
}
