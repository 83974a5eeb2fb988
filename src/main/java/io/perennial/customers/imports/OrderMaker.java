package io.perennial.customers.imports;

import io.perennial.customers.imports.Dates.Moment;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Makes orders of a file's rows, with what is stored where the file is silent. */
class OrderMaker {

    private final String ownCurrency;
    private final boolean withLines;

    /**
     * @param ownCurrency the business's
     * @param withLines whether the file speaks of lines
     */
    OrderMaker(String ownCurrency, boolean withLines) {
        this.ownCurrency = ownCurrency;
        this.withLines = withLines;
    }

    /** The order that rows make which stand together. */
    StoredOrder whole(OrderGroup group, @Nullable StoredOrder before, long id, long customer) {
        return settled(begun(group, before, id, customer));
    }

    /** As {@link #whole}, without the conclusions that only the last of its rows allows. */
    StoredOrder begun(OrderGroup group, @Nullable StoredOrder before, long id, long customer) {
        BigDecimal rate = group.rate(ownCurrency);
        BigDecimal amount = StoredOrder.money(group.amount());
        Moment ordered = Objects.requireNonNull(group.ordered());
        LocalDateTime at = utc(ordered);
        OrderStatus said = group.first(OrderRow::status);
        BigDecimal given = group.refunded();
        BigDecimal refunded = given != null
                ? StoredOrder.money(given.multiply(rate))
                : before != null ? before.refunded() : StoredOrder.money(BigDecimal.ZERO);
        Moment saidRefund = group.first(OrderRow::refundedAt);
        String currency = group.first(OrderRow::currency);
        return new StoredOrder(
                id,
                customer,
                group.orderId(),
                at,
                ordered.on(),
                said != null ? said : before != null ? before.status() : OrderStatus.PAID,
                currency == null ? ownCurrency : currency,
                amount,
                StoredOrder.money(amount.multiply(rate)),
                refunded,
                saidRefund != null ? utc(saidRefund) : before != null ? before.refundedAt() : null,
                withLines ? group.lines(1, rate) : null);
    }

    /** An order with further lines; its total grows by them unless the file gives the total itself. */
    StoredOrder longer(OrderGroup group, StoredOrder before) {
        List<StoredOrder.Line> lines = Objects.requireNonNullElse(before.lines(), List.of());
        BigDecimal rate = before.amount().signum() == 0 || before.currency().equals(ownCurrency)
                ? group.rate(ownCurrency)
                : before.net().divide(before.amount(), 10, RoundingMode.HALF_EVEN);
        boolean total = group.saysTotal();
        BigDecimal more = total ? BigDecimal.ZERO : group.amount();
        BigDecimal back = total || group.refunded() == null ? BigDecimal.ZERO : group.refunded();
        List<StoredOrder.Line> all = new ArrayList<>(lines);
        all.addAll(group.lines(lines.size() + 1, rate));
        return before.grown(
                StoredOrder.money(before.amount().add(more)),
                StoredOrder.money(before.net().add(more.multiply(rate))),
                StoredOrder.money(before.refunded().add(back.multiply(rate))),
                all);
    }

    /** An order all of whose rows are known: what was given back and its status agree with its value. */
    StoredOrder settled(StoredOrder order) {
        BigDecimal refunded = order.refunded().min(order.net());
        OrderStatus status = order.status();
        if (status == OrderStatus.PAID && order.net().signum() > 0 && refunded.compareTo(order.net()) == 0) {
            status = OrderStatus.REFUNDED; // a full refund takes the order out of every count
        } else if (status == OrderStatus.REFUNDED && refunded.signum() == 0) {
            refunded = order.net();
        }
        LocalDateTime at = order.refundedAt() == null ? order.orderedAt() : order.refundedAt();
        return order.refundedAs(status, refunded, refunded.signum() == 0 ? null : at);
    }

    private static LocalDateTime utc(Moment moment) {
        return LocalDateTime.ofInstant(moment.at(), ZoneOffset.UTC);
    }
}
