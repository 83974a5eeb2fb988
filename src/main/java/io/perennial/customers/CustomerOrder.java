package io.perennial.customers;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An order as shown.
 *
 * @param externalId the shop's number, or a derived one that begins with ~
 * @param status PAID, REFUNDED, CANCELLED or TEST
 * @param value net, before refunds, in the business's currency
 */
public record CustomerOrder(
        long id, String externalId, Instant orderedAt, String status, BigDecimal value, BigDecimal refunded) {

    /** A line of an order; its value is net, in the business's currency. */
    public record Line(
            @Nullable String sku, String product, @Nullable String category, BigDecimal quantity, BigDecimal value) {}

    /** Whether the shop's file gave the number, so that it means something to a person. */
    public boolean hasNumber() {
        return !externalId.startsWith("~");
    }

    /** Whether it counts: paid and worth something. */
    public boolean isValid() {
        return "PAID".equals(status) && value.signum() > 0;
    }

    /** An order with its lines. */
    public record WithLines(CustomerOrder order, List<Line> lines) {
        public WithLines {
            lines = List.copyOf(lines);
        }
    }
}
