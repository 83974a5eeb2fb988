package io.perennial.customers;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A customer's figures: valid orders only, value net of refunds, in the business's currency.
 *
 * @param orderDays days with an order
 */
public record CustomerSummary(
        int orders,
        int orderDays,
        @Nullable Instant firstOrderAt,
        @Nullable Instant lastOrderAt,
        BigDecimal value) {

    static final CustomerSummary EMPTY = new CustomerSummary(0, 0, null, null, BigDecimal.ZERO);

    /** The value of an average order; nothing before the first. */
    public @Nullable BigDecimal averageOrder() {
        return orders == 0 ? null : value.divide(BigDecimal.valueOf(orders), 4, RoundingMode.HALF_EVEN);
    }

    /**
     * Every how many days this customer buys: the mean time between days with an order. Nothing before three such days,
     * since one gap is no rhythm.
     */
    public @Nullable Long rhythmDays() {
        if (orderDays < 3 || firstOrderAt == null || lastOrderAt == null) {
            return null;
        }
        return Math.max(
                1,
                Math.round((double) Duration.between(firstOrderAt, lastOrderAt).toDays() / (orderDays - 1)));
    }

    /** How many days longer than their rhythm this customer has been silent; nothing without a rhythm, 0 in time. */
    public @Nullable Long lateDays(Instant now) {
        Long rhythm = rhythmDays();
        return rhythm == null || lastOrderAt == null
                ? null
                : Math.max(0, Duration.between(lastOrderAt, now).toDays() - rhythm);
    }
}
