package io.perennial.insights;

import io.perennial.insights.metrics.BackTest;
import io.perennial.insights.metrics.ChurnSeries;
import io.perennial.insights.metrics.CohortTable;
import io.perennial.insights.metrics.Forecast;
import io.perennial.insights.metrics.MonthTotals;
import io.perennial.insights.metrics.Months;
import io.perennial.insights.metrics.RepeatPurchases;
import io.perennial.insights.metrics.RfmGrid;
import io.perennial.insights.metrics.RfmScores;
import io.perennial.insights.metrics.ShopHistory;
import io.perennial.insights.metrics.SilenceThreshold;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Computes every figure and every customer's scores of a business from its history. */
final class SnapshotBuilder {

    /** How many months and cohorts are kept. */
    private static final int LATEST = 37;

    /** Data older than this many days are looked at as of their own end. */
    private static final int STALE_AFTER = 30;

    /** The figures, and the scores by the order of customers in the history. */
    record Result(InsightSnapshot snapshot, RfmScores rfm, Forecast forecast) {}

    private SnapshotBuilder() {}

    /**
     * Computes.
     *
     * @param history not empty
     * @param today in the tenant's zone; no order lies after it
     * @param chosenSilence the business's own threshold in days, or nothing
     */
    static Result build(ShopHistory history, LocalDate today, @Nullable Integer chosenSilence) {
        boolean stale = history.lastDay().isBefore(today.minusDays(STALE_AFTER));
        LocalDate asOf = stale ? history.lastDay().plusDays(1) : today;
        Months months = new Months(history.firstDay(), asOf);
        int silence = chosenSilence == null ? SilenceThreshold.of(history) : chosenSilence;
        RfmScores rfm = RfmScores.of(history);
        Forecast forecast = Forecast.of(history, asOf, today);
        double[] values = new double[history.buyers()];
        long orders = 0;
        for (int i = 0; i < values.length; i++) {
            values[i] = history.value(i);
            orders += history.orders(i);
        }
        InsightSnapshot snapshot = new InsightSnapshot(
                InsightSnapshot.VERSION,
                asOf,
                stale,
                history.firstDay(),
                history.lastDay(),
                history.buyers(),
                orders,
                silence,
                chosenSilence != null,
                Arrays.stream(values).sum(),
                median(values),
                months(history, months, silence, asOf),
                CohortTable.byCalendarMonth(history, months, asOf, LATEST),
                CohortTable.byThirtyDays(history, months, asOf, LATEST),
                RepeatPurchases.WINDOWS.stream()
                        .map(w -> RepeatPurchases.of(history, months, asOf, w, LATEST))
                        .toList(),
                RfmGrid.of(history, rfm),
                forecast.gates(),
                forecast.totals(),
                BackTest.of(history, asOf));
        return new Result(snapshot, rfm, forecast);
    }

    private static List<InsightSnapshot.Month> months(ShopHistory history, Months months, int silence, LocalDate asOf) {
        ChurnSeries churn = ChurnSeries.of(history, months, silence, asOf);
        List<InsightSnapshot.Month> all = new ArrayList<>();
        for (int m = Math.max(0, months.count() - LATEST); m < months.count(); m++) {
            int index = months.firstIndex() + m;
            MonthTotals.Total total = history.months().byMonth().get(index);
            all.add(new InsightSnapshot.Month(
                    Months.start(index),
                    asOf.toEpochDay() < months.startDay(m + 1),
                    total == null ? 0 : total.orders(),
                    total == null ? 0 : total.ordered(),
                    total == null ? 0 : total.net(),
                    total == null ? 0 : total.buyers(),
                    churn.acquired(m),
                    churn.activeAtStart(m),
                    churn.lost(m),
                    churn.returned(m)));
        }
        return all;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
