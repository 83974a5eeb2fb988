package io.perennial.customers.imports;

import io.perennial.customers.ImportField;
import io.perennial.customers.imports.Dates.Moment;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The rows of one order that came together. What the first row says may be left blank in the others. */
class OrderGroup {

    private final String orderId;
    private final List<OrderRow> rows = new ArrayList<>();

    OrderGroup(String orderId) {
        this.orderId = orderId;
    }

    void add(OrderRow row) {
        rows.add(row);
    }

    OrderGroup firstRowOnly() {
        OrderGroup first = new OrderGroup(orderId);
        first.add(rows.getFirst());
        return first;
    }

    String orderId() {
        return orderId;
    }

    List<OrderRow> rows() {
        return rows;
    }

    <T> @Nullable T first(Function<OrderRow, @Nullable T> part) {
        for (OrderRow row : rows) {
            T value = part.apply(row);
            if (value != null) {
                return value;
            }
        }
        return null;
    }

    @Nullable
    String customerId() {
        return first(OrderRow::customerId);
    }

    @Nullable
    String email() {
        return first(OrderRow::email);
    }

    @Nullable
    Moment ordered() {
        return first(OrderRow::ordered);
    }

    /**
     * Why these rows make no order, or nothing.
     *
     * @param goesOn whether earlier rows of the file began this order, so that these need not say everything again
     */
    @Nullable
    Problem problem(String tenantCurrency, boolean goesOn) {
        if (customerId() == null && email() == null && !goesOn) {
            return Problem.of(null, "no_customer");
        }
        if (ordered() == null && !goesOn) {
            return Problem.of(ImportField.ORDERED_AT, "no_order_date");
        }
        if (differ(OrderRow::customerId) || differ(OrderRow::email)) {
            return Problem.of(ImportField.EXTERNAL_ID, "two_customers");
        }
        if (differ(OrderRow::currency)) {
            return Problem.of(ImportField.CURRENCY, "two_currencies");
        }
        String currency = first(OrderRow::currency);
        if (currency != null && !currency.equals(tenantCurrency) && first(OrderRow::rate) == null) {
            return Problem.of(ImportField.CURRENCY, "no_rate", currency, tenantCurrency);
        }
        if (first(OrderRow::total) == null && rows.stream().anyMatch(r -> r.value() == null)) {
            return Problem.of(ImportField.AMOUNT, "no_amount");
        }
        BigDecimal refunded = refunded();
        if (refunded != null && !goesOn && refunded.compareTo(amount()) > 0) {
            return Problem.of(ImportField.REFUNDED, "refund_too_large");
        }
        return null;
    }

    /** Whether the file gives the order's total itself. */
    boolean saysTotal() {
        return first(OrderRow::total) != null;
    }

    /** The order's amount in its own currency: its total where the file says so, else the sum of its rows. */
    BigDecimal amount() {
        BigDecimal total = first(OrderRow::total);
        BigDecimal sum = total != null ? total : sum(OrderRow::value);
        return sum == null ? BigDecimal.ZERO : sum;
    }

    /** What was given back, in the order's currency; nothing where the file is silent. */
    @Nullable
    BigDecimal refunded() {
        if (first(OrderRow::total) != null) {
            return first(OrderRow::refunded);
        }
        return sum(OrderRow::refunded);
    }

    private @Nullable BigDecimal sum(Function<OrderRow, @Nullable BigDecimal> part) {
        BigDecimal sum = null;
        for (OrderRow row : rows) {
            BigDecimal value = part.apply(row);
            if (value != null) {
                sum = sum == null ? value : sum.add(value);
            }
        }
        return sum;
    }

    BigDecimal rate(String tenantCurrency) {
        String currency = first(OrderRow::currency);
        if (currency == null || currency.equals(tenantCurrency)) {
            return BigDecimal.ONE;
        }
        BigDecimal rate = first(OrderRow::rate);
        return rate == null ? BigDecimal.ONE : rate;
    }

    List<StoredOrder.Line> lines(int firstNumber, BigDecimal rate) {
        List<StoredOrder.Line> lines = new ArrayList<>(rows.size());
        for (OrderRow row : rows) {
            BigDecimal value = row.value() == null ? BigDecimal.ZERO : row.value();
            String product = row.product() != null ? row.product() : row.sku() != null ? row.sku() : "";
            lines.add(new StoredOrder.Line(
                    firstNumber + lines.size(),
                    row.sku(),
                    product,
                    row.category(),
                    StoredOrder.quantity(row.quantity()),
                    StoredOrder.money(value.multiply(rate))));
        }
        return lines;
    }

    private boolean differ(Function<OrderRow, @Nullable String> part) {
        String said = null;
        for (OrderRow row : rows) {
            String here = part.apply(row);
            if (here != null && said != null && !said.equals(here)) {
                return true;
            }
            said = here != null ? here : said;
        }
        return false;
    }
}
