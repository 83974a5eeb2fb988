package io.perennial.customers.records;

import io.perennial.kernel.CustomerId;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An order with its lines.
 *
 * @param number the shop's
 * @param status PAID, REFUNDED, CANCELLED or TEST
 * @param amount in the order's currency
 * @param value net, before refunds, in the business's currency
 * @param refunded in the business's currency
 */
public record OrderRecord(
        long id,
        CustomerId customer,
        String number,
        Instant orderedAt,
        String status,
        String currency,
        BigDecimal amount,
        BigDecimal value,
        BigDecimal refunded,
        @Nullable Instant refundedAt,
        List<Line> lines) {

    /** A line; its value is net, in the business's currency. */
    public record Line(
            @Nullable String sku, String product, @Nullable String category, BigDecimal quantity, BigDecimal value) {}

    public OrderRecord {
        lines = List.copyOf(lines);
    }
}
