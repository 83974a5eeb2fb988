package io.perennial.customers.imports;

import io.perennial.customers.ImportField;
import io.perennial.customers.imports.Dates.Moment;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a row says about an order or one line of it, before it is known which rows belong together. Values are in the
 * order's currency.
 *
 * @param orderId nothing where the file has no such column
 * @param value of this row: the amount, or the unit price times the quantity, less the discount
 * @param total of the whole order, where the file says so
 */
record OrderRow(
        RawRow raw,
        @Nullable String orderId,
        @Nullable String customerId,
        @Nullable String email,
        @Nullable Moment ordered,
        @Nullable OrderStatus status,
        @Nullable String currency,
        @Nullable BigDecimal rate,
        @Nullable BigDecimal total,
        @Nullable BigDecimal value,
        BigDecimal quantity,
        @Nullable BigDecimal refunded,
        @Nullable Moment refundedAt,
        @Nullable String sku,
        @Nullable String product,
        @Nullable String category) {

    private static final BigDecimal MOST = new BigDecimal("999999999");
    private static final Instant OLDEST = Instant.parse("1970-01-01T00:00:00Z");

    static OrderRow parse(RawRow row, Cells cells, Instant latest) {
        cells.requireWhole(row);
        String orderId = cells.text(row, ImportField.ORDER_ID, 100);
        if (orderId == null && cells.has(ImportField.ORDER_ID)) {
            throw cells.problem(ImportField.ORDER_ID, "no_order_id");
        }
        if (orderId != null && orderId.startsWith(DerivedIds.MARK)) {
            throw cells.problem(ImportField.ORDER_ID, "reserved_order_id", DerivedIds.MARK);
        }
        BigDecimal given = cells.amount(row, ImportField.QUANTITY);
        BigDecimal quantity = given == null ? BigDecimal.ONE : given;
        if (quantity.compareTo(MOST) > 0) {
            throw cells.problem(ImportField.QUANTITY, "no_number");
        }
        return new OrderRow(
                row,
                orderId,
                cells.text(row, ImportField.EXTERNAL_ID, 100),
                cells.email(row),
                moment(row, cells, ImportField.ORDERED_AT, latest),
                status(row, cells),
                cells.currency(row),
                rate(row, cells),
                cells.amount(row, ImportField.ORDER_TOTAL),
                value(row, cells, quantity),
                quantity,
                cells.amount(row, ImportField.REFUNDED),
                moment(row, cells, ImportField.REFUNDED_AT, latest),
                cells.text(row, ImportField.SKU, 100),
                cells.text(row, ImportField.PRODUCT, 200),
                cells.text(row, ImportField.CATEGORY, 100));
    }

    private static @Nullable BigDecimal value(RawRow row, Cells cells, BigDecimal quantity) {
        BigDecimal amount = cells.amount(row, ImportField.AMOUNT);
        BigDecimal unit = cells.amount(row, ImportField.UNIT_PRICE);
        BigDecimal discount = cells.amount(row, ImportField.DISCOUNT);
        BigDecimal gross = amount != null ? amount : unit != null ? unit.multiply(quantity) : null;
        if (gross == null || discount == null) {
            return gross;
        }
        if (discount.compareTo(gross) > 0) {
            throw cells.problem(ImportField.DISCOUNT, "discount_too_large");
        }
        return gross.subtract(discount);
    }

    private static @Nullable BigDecimal rate(RawRow row, Cells cells) {
        BigDecimal rate = cells.amount(row, ImportField.RATE);
        if (rate != null && rate.signum() == 0) {
            throw cells.problem(ImportField.RATE, "no_number");
        }
        return rate;
    }

    private static @Nullable OrderStatus status(RawRow row, Cells cells) {
        String text = cells.text(row, ImportField.STATUS, 60);
        if (text == null) {
            return null;
        }
        OrderStatus status = OrderStatus.of(text);
        if (status == null) {
            throw cells.problem(ImportField.STATUS, "no_status");
        }
        return status;
    }

    private static @Nullable Moment moment(RawRow row, Cells cells, ImportField field, Instant latest) {
        String text = cells.text(row, field, 60);
        if (text == null) {
            return null;
        }
        Moment moment = cells.dates.moment(field, text);
        if (moment.at().isAfter(latest)) {
            throw cells.problem(field, "in_future");
        }
        if (moment.at().isBefore(OLDEST)) {
            throw cells.problem(field, "too_old");
        }
        return moment;
    }
}
