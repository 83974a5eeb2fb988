package io.perennial.insights.metrics;

import java.time.LocalDate;

/**
 * Churn by calendar month without contracts. A customer is lost at the midnight that ends the {@code silence}-th day
 * without a purchase, and is won back by the next one. Churn of a month = those active at its start who are lost in it
 * / those active at its start; who came in the month itself is in neither.
 */
public final class ChurnSeries {

    private final int[] acquired;
    private final int[] activeAtStart;
    private final int[] lost;
    private final int[] returned;

    private ChurnSeries(int months) {
        acquired = new int[months];
        activeAtStart = new int[months];
        lost = new int[months];
        returned = new int[months];
    }

    /**
     * Counts.
     *
     * @param months from the first purchase to {@code asOf}
     * @param silence threshold in days, see {@link SilenceThreshold}
     * @param asOf today in the tenant's zone: what would be lost after it is still active
     */
    public static ChurnSeries of(ShopHistory history, Months months, int silence, LocalDate asOf) {
        ChurnSeries series = new ChurnSeries(months.count());
        int today = (int) asOf.toEpochDay();
        int[] change = new int[months.count() + 1];
        for (int i = 0; i < history.buyers(); i++) {
            int days = history.purchaseDays(i);
            int spellStart = history.firstDay(i);
            series.acquired[months.of(spellStart)]++;
            for (int k = 0; k < days; k++) {
                int lostOn = history.day(i, k) + silence + 1;
                int next = k + 1 < days ? history.day(i, k + 1) : Integer.MAX_VALUE;
                if (next < lostOn) {
                    continue;
                }
                int begun = months.of(spellStart);
                int ended = months.of(Math.min(lostOn, today));
                change[begun + 1]++;
                change[ended + 1]--;
                if (lostOn <= today && ended > begun) {
                    series.lost[ended]++;
                }
                if (next != Integer.MAX_VALUE) {
                    spellStart = next;
                    series.returned[months.of(next)]++;
                }
            }
        }
        int active = 0;
        for (int m = 0; m < months.count(); m++) {
            active += change[m];
            series.activeAtStart[m] = active;
        }
        return series;
    }

    /** Customers whose first purchase is in the month. */
    public int acquired(int month) {
        return acquired[month];
    }

    public int activeAtStart(int month) {
        return activeAtStart[month];
    }

    /** Of those active at the start, who crossed the threshold in the month. */
    public int lost(int month) {
        return lost[month];
    }

    /** Lost customers who bought again in the month. */
    public int returned(int month) {
        return returned[month];
    }
}
