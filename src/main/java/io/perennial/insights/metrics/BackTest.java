package io.perennial.insights.metrics;

import io.perennial.insights.model.Fit;
import io.perennial.insights.model.MbgNbd;
import io.perennial.insights.model.PurchaseHistories;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the forecast would have done: fitted on the first three quarters of the history, asked for the last quarter, and
 * compared with what happened. Of customers who were there at the cut; purchase days counted.
 *
 * @param from first day held out
 * @param until the day after the last held out
 * @param actual purchase days in that time
 * @param forecast the same as forecast
 * @param byFrequency by repeat purchases before the cut: 0 to 6, then 7 and more
 */
public record BackTest(LocalDate from, LocalDate until, long actual, double forecast, List<Group> byFrequency) {

    /** Customers with the same number of repeat purchases before the cut; both figures are means of one customer. */
    public record Group(int repeats, int customers, double actual, double forecast) {}

    private static final int GROUPS = 8;

    public BackTest {
        byFrequency = List.copyOf(byFrequency);
    }

    /** 0.1: the forecast was 10 % too high. */
    public double error() {
        return forecast / actual - 1;
    }

    /** Runs it, or nothing where the history is too short or the model cannot be fitted. */
    public static @Nullable BackTest of(ShopHistory history, LocalDate asOf) {
        int today = (int) asOf.toEpochDay();
        int span = today - (int) history.firstDay().toEpochDay();
        int cut = today - span / 4;
        if (span < 60) {
            return null;
        }
        PurchaseHistories.Builder before = new PurchaseHistories.Builder();
        int known = 0;
        for (int i = 0; i < history.buyers(); i++) {
            int x = repeatsBefore(history, i, cut);
            if (x >= 0) {
                before.add(x, history.day(i, x) - history.firstDay(i), cut - history.firstDay(i));
                known++;
            }
        }
        if (known < 50) {
            return null;
        }
        Fit<MbgNbd> fit = MbgNbd.fit(before.inDays());
        return fit.converged() ? compare(history, fit.model(), cut, today) : null;
    }

    private static @Nullable BackTest compare(ShopHistory history, MbgNbd model, int cut, int today) {
        int[] customers = new int[GROUPS];
        double[] actual = new double[GROUPS];
        double[] forecast = new double[GROUPS];
        long total = 0;
        double expected = 0;
        for (int i = 0; i < history.buyers(); i++) {
            int x = repeatsBefore(history, i, cut);
            if (x < 0) {
                continue;
            }
            int first = history.firstDay(i);
            int later = 0;
            for (int k = x + 1; k < history.purchaseDays(i) && history.day(i, k) < today; k++) {
                later++;
            }
            double due = model.expectedPurchases(x, history.day(i, x) - first, cut - first, today - cut);
            int group = Math.min(x, GROUPS - 1);
            customers[group]++;
            actual[group] += later;
            forecast[group] += due;
            total += later;
            expected += due;
        }
        if (total == 0) {
            return null;
        }
        List<Group> groups = new ArrayList<>();
        for (int g = 0; g < GROUPS; g++) {
            if (customers[g] > 0) {
                groups.add(new Group(g, customers[g], actual[g] / customers[g], forecast[g] / customers[g]));
            }
        }
        return new BackTest(LocalDate.ofEpochDay(cut), LocalDate.ofEpochDay(today), total, expected, groups);
    }

    /** Repeat purchase days before the cut, or −1 for somebody who came later. */
    private static int repeatsBefore(ShopHistory history, int i, int cut) {
        int x = -1;
        while (x + 1 < history.purchaseDays(i) && history.day(i, x + 1) < cut) {
            x++;
        }
        return x;
    }
}
