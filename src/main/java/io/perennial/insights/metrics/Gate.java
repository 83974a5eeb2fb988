package io.perennial.insights.metrics;

import java.util.ArrayList;
import java.util.List;

/**
 * What must be there before a forecast is shown.
 *
 * @param needed at least (at most for DAYS_SINCE_LAST_ORDER)
 * @param have what there is
 */
public record Gate(Kind kind, long needed, long have) {

    /** Kinds of conditions. */
    public enum Kind {
        /** Customers with an order. */
        BUYERS,
        /** Days since the first order. */
        DAYS_OF_HISTORY,
        /** Days since the last order, at most. */
        DAYS_SINCE_LAST_ORDER,
        /** Customers with three orders or more. */
        BUYERS_WITH_THREE_ORDERS,
        /** Whether the purchase model found its optimum (1 or 0). */
        PURCHASES_FITTED,
        /** Whether the spending model found its optimum, with a mean (1 or 0). */
        SPENDING_FITTED
    }

    public boolean passed() {
        return kind == Kind.DAYS_SINCE_LAST_ORDER ? have <= needed : have >= needed;
    }

    /** Those that depend on the data alone. */
    public static List<Gate> ofData(ShopHistory history, int today) {
        long three = 0;
        for (int i = 0; i < history.buyers(); i++) {
            if (history.orders(i) >= 3) {
                three++;
            }
        }
        List<Gate> gates = new ArrayList<>();
        gates.add(new Gate(Kind.BUYERS, 500, history.buyers()));
        gates.add(new Gate(Kind.DAYS_OF_HISTORY, 180, today - history.firstDay().toEpochDay()));
        gates.add(new Gate(
                Kind.DAYS_SINCE_LAST_ORDER, 30, today - history.lastDay().toEpochDay()));
        gates.add(new Gate(Kind.BUYERS_WITH_THREE_ORDERS, 10, three));
        return gates;
    }
}
