package io.perennial.insights.metrics;

import io.perennial.insights.model.Fit;
import io.perennial.insights.model.GammaGamma;
import io.perennial.insights.model.LifetimeValue;
import io.perennial.insights.model.MbgNbd;
import io.perennial.insights.model.PurchaseHistories;
import io.perennial.insights.model.Spending;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What each customer is expected to do, by MBG/NBD and gamma-gamma: whether they are still there, the probability of
 * no order in the next 90 days, and the discounted value of the next 365 days.
 */
public final class Forecast {

    /** Days looked ahead for the churn risk. */
    public static final int CHURN_DAYS = 90;

    /** Days looked ahead for the value. */
    public static final int VALUE_DAYS = 365;

    private final List<Gate> gates = new ArrayList<>();
    private @Nullable Fit<MbgNbd> purchases;
    private @Nullable Fit<GammaGamma> spending;
    private double[] alive = {};
    private double[] churnRisk = {};
    private double[] value = {};
    private double expectedOrders;

    private Forecast() {}

    /**
     * Fits where the data suffice.
     *
     * @param asOf today in the tenant's zone
     * @param today the day gates are judged by, later than {@code asOf} where the data ended long ago
     */
    public static Forecast of(ShopHistory history, LocalDate asOf, LocalDate today) {
        Forecast forecast = new Forecast();
        forecast.gates.addAll(Gate.ofData(history, (int) today.toEpochDay()));
        if (forecast.isOpen()) {
            forecast.fit(history, (int) asOf.toEpochDay());
            if (forecast.isOpen()) {
                forecast.score(history, (int) asOf.toEpochDay());
            }
        }
        return forecast;
    }

    /** All conditions, those passed too. */
    public List<Gate> gates() {
        return List.copyOf(gates);
    }

    /** Whether every condition is met, so that there are scores. */
    public boolean isOpen() {
        return gates.stream().allMatch(Gate::passed);
    }

    public @Nullable Fit<MbgNbd> purchases() {
        return purchases;
    }

    public @Nullable Fit<GammaGamma> spending() {
        return spending;
    }

    /** P(alive) of the i-th customer. */
    public double alive(int i) {
        return alive[i];
    }

    /** Probability of no order in the next 90 days. */
    public double churnRisk(int i) {
        return churnRisk[i];
    }

    /** Discounted value of the next 365 days, in the tenant's currency. */
    public double value(int i) {
        return value[i];
    }

    /** Orders to expect from all today's customers in the next 365 days. */
    public double expectedOrders() {
        return expectedOrders;
    }

    private void fit(ShopHistory history, int asOf) {
        PurchaseHistories.Builder histories = new PurchaseHistories.Builder();
        Spending spent = new Spending();
        for (int i = 0; i < history.buyers(); i++) {
            int x = history.purchaseDays(i) - 1;
            int first = history.firstDay(i);
            histories.add(x, history.lastDay(i) - first, Math.max(asOf, history.lastDay(i)) - first);
            spent.add(history.repeatMean(i) > 0 ? x : 0, history.repeatMean(i));
        }
        purchases = MbgNbd.fit(histories.inDays());
        gates.add(new Gate(Gate.Kind.PURCHASES_FITTED, 1, purchases.converged() ? 1 : 0));
        if (spent.customers() > 0) {
            spending = GammaGamma.fit(spent);
        }
        boolean usable =
                spending != null && spending.converged() && spending.model().hasMean();
        gates.add(new Gate(Gate.Kind.SPENDING_FITTED, 1, usable ? 1 : 0));
    }

    private void score(ShopHistory history, int asOf) {
        if (purchases == null || spending == null) {
            return;
        }
        MbgNbd model = purchases.model();
        GammaGamma values = spending.model();
        LifetimeValue lifetime = LifetimeValue.ofNextYear(model);
        int n = history.buyers();
        alive = new double[n];
        churnRisk = new double[n];
        value = new double[n];
        // Many customers share a history: in a shop of a million some tens of thousands are different.
        Map<Long, double[]> known = new HashMap<>();
        for (int i = 0; i < n; i++) {
            int x = history.purchaseDays(i) - 1;
            int first = history.firstDay(i);
            int tx = history.lastDay(i) - first;
            int age = Math.max(asOf - first, tx);
            double[] score = known.computeIfAbsent(((long) x << 42) | ((long) tx << 21) | age, k -> new double[] {
                model.probabilityAlive(x, tx, age),
                model.churnWithin(x, tx, age, CHURN_DAYS),
                lifetime.discountedPurchases(x, tx, age),
                model.expectedPurchases(x, tx, age, VALUE_DAYS)
            });
            alive[i] = score[0];
            churnRisk[i] = score[1];
            double mean = history.repeatMean(i);
            value[i] = score[2] * values.expectedValue(mean > 0 ? x : 0, mean);
            expectedOrders += score[3];
        }
    }

    /** Sums over all customers, or nothing where the gates are shut. */
    public @Nullable Totals totals() {
        if (!isOpen()) {
            return null;
        }
        int n = value.length;
        double[] sorted = value.clone();
        Arrays.sort(sorted);
        List<Decile> deciles = new ArrayList<>();
        for (int d = 0; d < 10; d++) {
            int from = (int) ((long) n * (9 - d) / 10);
            int to = (int) ((long) n * (10 - d) / 10);
            double sum = Arrays.stream(sorted, from, to).sum();
            deciles.add(new Decile(d + 1, to - from, sum));
        }
        int[] bands = new int[3];
        for (double risk : churnRisk) {
            bands[RiskBand.of(risk).ordinal()]++;
        }
        return new Totals(
                Arrays.stream(alive).sum(),
                expectedOrders,
                Arrays.stream(value).sum(),
                Arrays.stream(churnRisk).average().orElse(0),
                bands[0],
                bands[1],
                bands[2],
                deciles);
    }

    /**
     * What all customers together are expected to do.
     *
     * @param stillThere expected number of customers who have not left
     * @param orders expected in the next 365 days, undiscounted
     * @param value discounted, of the next 365 days
     * @param meanChurnRisk probability of no order in the next 90 days, averaged over all customers
     * @param low customers with a risk below 33 %
     * @param middle from 33 to 66 %
     * @param high above 66 %
     * @param deciles a tenth of the customers each, those with the highest value first
     */
    public record Totals(
            double stillThere,
            double orders,
            double value,
            double meanChurnRisk,
            int low,
            int middle,
            int high,
            List<Decile> deciles) {
        public Totals {
            deciles = List.copyOf(deciles);
        }
    }

    /**
     * A tenth of the customers.
     *
     * @param number 1 for those with the highest expected value
     * @param value theirs together
     */
    public record Decile(int number, int customers, double value) {

        public double mean() {
            return customers == 0 ? 0 : value / customers;
        }
    }
}
