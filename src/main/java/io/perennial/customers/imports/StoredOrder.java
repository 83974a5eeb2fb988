package io.perennial.customers.imports;

import io.perennial.customers.Article;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An order as the tables have it.
 *
 * @param amount in the order's currency
 * @param net in the business's currency, before refunds
 * @param lines nothing where the file does not speak of lines: those stored then stay
 */
record StoredOrder(
        long id,
        long customerId,
        String externalId,
        LocalDateTime orderedAt,
        LocalDate orderedOn,
        OrderStatus status,
        String currency,
        BigDecimal amount,
        BigDecimal net,
        BigDecimal refunded,
        @Nullable LocalDateTime refundedAt,
        @Nullable List<Line> lines) {

    /** A line; its value is net, in the business's currency. */
    record Line(
            int no,
            @Nullable String sku,
            String product,
            @Nullable String category,
            BigDecimal quantity,
            BigDecimal net) {

        Article article() {
            return new Article(sku, product, category);
        }
    }

    static BigDecimal money(BigDecimal value) {
        return value.setScale(4, RoundingMode.HALF_EVEN);
    }

    static BigDecimal quantity(BigDecimal value) {
        return value.setScale(3, RoundingMode.HALF_EVEN);
    }

    /** Whether it is valid, as figures and rules have it; the table says so by {@code counted_value}. */
    boolean counts() {
        return status == OrderStatus.PAID && net.signum() > 0;
    }

    StoredOrder withLines(@Nullable List<Line> others) {
        return new StoredOrder(
                id,
                customerId,
                externalId,
                orderedAt,
                orderedOn,
                status,
                currency,
                amount,
                net,
                refunded,
                refundedAt,
                others);
    }

    StoredOrder grown(BigDecimal toAmount, BigDecimal toNet, BigDecimal toRefunded, List<Line> toLines) {
        return new StoredOrder(
                id,
                customerId,
                externalId,
                orderedAt,
                orderedOn,
                status,
                currency,
                toAmount,
                toNet,
                toRefunded,
                refundedAt,
                toLines);
    }

    StoredOrder refundedAs(OrderStatus newStatus, BigDecimal value, @Nullable LocalDateTime at) {
        return new StoredOrder(
                id, customerId, externalId, orderedAt, orderedOn, newStatus, currency, amount, net, value, at, lines);
    }

    /** Whether it is as the other one, whatever its number in the shop; lines count where the other one speaks of them. */
    boolean isAs(StoredOrder other) {
        StoredOrder same = new StoredOrder(
                id,
                customerId,
                other.externalId,
                orderedAt,
                orderedOn,
                status,
                currency,
                amount,
                net,
                refunded,
                refundedAt,
                other.lines == null ? null : lines);
        return same.equals(other);
    }

    /** Whether the other order is this one with further lines. */
    boolean isBeginningOf(StoredOrder other) {
        return lines != null
                && other.lines != null
                && lines.size() < other.lines.size()
                && lines.equals(other.lines.subList(0, lines.size()))
                && customerId == other.customerId
                && orderedAt.equals(other.orderedAt)
                && currency.equals(other.currency);
    }
}
