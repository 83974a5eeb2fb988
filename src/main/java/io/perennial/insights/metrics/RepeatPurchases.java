package io.perennial.insights.metrics;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * The repeat purchase rate: customers of a cohort with a second purchase day within so many days / the cohort.
 *
 * @param window days
 * @param cohorts by month of the first purchase, ascending
 */
public record RepeatPurchases(int window, List<Cohort> cohorts) {

    /** The windows shown. */
    public static final List<Integer> WINDOWS = List.of(30, 90, 180, 365);

    /**
     * One cohort.
     *
     * @param repeated customers who bought again within the window, so far
     * @param complete false where the window is not yet over for its youngest customer: too young to judge
     */
    public record Cohort(LocalDate month, int size, int repeated, boolean complete) {}

    public RepeatPurchases {
        cohorts = List.copyOf(cohorts);
    }

    public static RepeatPurchases of(ShopHistory history, Months months, LocalDate asOf, int window, int latest) {
        int n = months.count();
        int[] sizes = new int[n];
        int[] repeated = new int[n];
        for (int i = 0; i < history.buyers(); i++) {
            int cohort = months.of(history.firstDay(i));
            sizes[cohort]++;
            if (history.purchaseDays(i) > 1 && history.day(i, 1) - history.firstDay(i) <= window) {
                repeated[cohort]++;
            }
        }
        List<Cohort> cohorts = new ArrayList<>();
        for (int c = Math.max(0, n - latest); c < n; c++) {
            int youngest = months.startDay(c + 1) - 1;
            cohorts.add(new Cohort(
                    Months.start(months.firstIndex() + c),
                    sizes[c],
                    repeated[c],
                    youngest + window < asOf.toEpochDay()));
        }
        return new RepeatPurchases(window, cohorts);
    }

    /** Over the twelve latest cohorts that are old enough. */
    public Proportion ofLatestYear() {
        List<Cohort> old = cohorts.stream().filter(Cohort::complete).toList();
        List<Cohort> year = old.subList(Math.max(0, old.size() - 12), old.size());
        return new Proportion(
                year.stream().mapToInt(Cohort::repeated).sum(),
                year.stream().mapToInt(Cohort::size).sum());
    }
}
