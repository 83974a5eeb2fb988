package io.perennial.insights;

import io.perennial.insights.metrics.BackTest;
import io.perennial.insights.metrics.CohortTable;
import io.perennial.insights.metrics.Forecast;
import io.perennial.insights.metrics.Gate;
import io.perennial.insights.metrics.RepeatPurchases;
import io.perennial.insights.metrics.RfmGrid;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Every figure of the dashboard as it stood at one moment, computed together from one pass over the orders, so that no
 * two figures on a page contradict each other and no page waits for a computation. Kept as one document per business.
 *
 * @param version of this shape; a document of another one is as good as none
 * @param asOf the day up to which figures count: today in the tenant's zone, or the day after the last order where the
 *     last one is more than 30 days ago (then {@code stale})
 * @param orders valid orders
 * @param silence days without an order after which a customer counts as lost
 * @param silenceChosen whether the business chose them instead of leaving them to be measured
 * @param value net value of all valid orders
 * @param medianValue of one customer
 * @param months ascending; the last one is partial
 */
public record InsightSnapshot(
        int version,
        LocalDate asOf,
        boolean stale,
        LocalDate firstOrder,
        LocalDate lastOrder,
        int buyers,
        long orders,
        int silence,
        boolean silenceChosen,
        double value,
        double medianValue,
        List<Month> months,
        CohortTable cohorts,
        CohortTable cohortsByThirtyDays,
        List<RepeatPurchases> repeats,
        RfmGrid rfm,
        List<Gate> gates,
        Forecast.@Nullable Totals forecast,
        @Nullable BackTest backTest) {

    static final int VERSION = 1;

    public InsightSnapshot {
        months = List.copyOf(months);
        repeats = List.copyOf(repeats);
        gates = List.copyOf(gates);
    }

    /**
     * One calendar month.
     *
     * @param month its first day
     * @param partial whether it is not over yet
     * @param ordered value as ordered
     * @param net value after refunds to date
     * @param buyers distinct customers
     * @param acquired first purchases
     * @param activeAtStart customers not lost when it began
     * @param lost of those, who crossed the silence threshold in it
     * @param returned lost ones who bought again
     */
    public record Month(
            LocalDate month,
            boolean partial,
            int orders,
            double ordered,
            double net,
            int buyers,
            int acquired,
            int activeAtStart,
            int lost,
            int returned) {}
}
