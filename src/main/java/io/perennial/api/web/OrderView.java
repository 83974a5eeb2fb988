package io.perennial.api.web;

import io.perennial.customers.records.OrderRecord;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An order as programs see it.
 *
 * @param amount in the order's currency, without tax and shipping
 * @param value net, before refunds, in the business's currency
 * @param refunded in the business's currency
 */
record OrderView(
        String id,
        String number,
        String customerId,
        Instant orderedAt,
        String status,
        String currency,
        BigDecimal amount,
        BigDecimal value,
        BigDecimal refunded,
        @Nullable Instant refundedAt,
        List<LineView> lines) {

    /** A line; its value is net, in the business's currency. */
    record LineView(
            @Nullable String sku, String product, @Nullable String category, BigDecimal quantity, BigDecimal value) {}

    static OrderView of(OrderRecord order) {
        return new OrderView(
                Long.toString(order.id()),
                order.number(),
                order.customer().toString(),
                order.orderedAt(),
                order.status(),
                order.currency(),
                order.amount(),
                order.value(),
                order.refunded(),
                order.refundedAt(),
                order.lines().stream()
                        .map(l -> new LineView(l.sku(), l.product(), l.category(), l.quantity(), l.value()))
                        .toList());
    }
}
