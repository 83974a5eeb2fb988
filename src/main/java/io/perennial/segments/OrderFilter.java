package io.perennial.segments;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.DayOfWeek;
import java.time.Month;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.annotation.JsonSerialize;
import tools.jackson.databind.ser.std.ToStringSerializer;

/**
 * Which orders, and which of their lines, a condition on orders counts.
 *
 * @param status orders in this state
 * @param categories only lines of these categories, or of none of these
 * @param products only lines of these products (SKU or name), or of none of these
 * @param orderValue only orders of such a value as a whole, net of refunds
 * @param weekdays only orders of these days of the tenant's calendar; empty: all
 * @param months only orders of these months of whatever year; empty: all
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record OrderFilter(
        OrderStatus status,
        @Nullable Among categories,
        @Nullable Among products,
        @Nullable Amount orderValue,
        List<DayOfWeek> weekdays,

        @JsonSerialize(contentUsing = ToStringSerializer.class)
        List<Month> months) {

    public OrderFilter {
        weekdays = List.copyOf(weekdays);
        months = List.copyOf(months);
    }

    /** Which orders count at all. */
    public enum OrderStatus {
        /** Paid, with a value above zero. */
        VALID,
        /** Of those, the ones of which something was given back. */
        PARTLY_REFUNDED,
        /** Given back as a whole. */
        REFUNDED,
        CANCELLED;

        /** Whether such orders are among those that figures count. */
        boolean counts() {
            return this == VALID || this == PARTLY_REFUNDED;
        }
    }

    /** Some values, or all but those; what has none is among "all but those". */
    public record Among(List<String> values, boolean excluded) {
        public Among {
            values = List.copyOf(values);
        }
    }

    /** A comparison with amounts in the tenant's currency. */
    public record Amount(Operator operator, List<String> values) {
        public Amount {
            values = List.copyOf(values);
        }
    }

    /** All valid orders with all their lines. */
    public static OrderFilter none() {
        return new OrderFilter(OrderStatus.VALID, null, null, null, List.of(), List.of());
    }

    public static OrderFilter category(String... categories) {
        return none().withCategories(new Among(List.of(categories), false));
    }

    public OrderFilter withCategories(@Nullable Among wanted) {
        return new OrderFilter(status, wanted, products, orderValue, weekdays, months);
    }

    public OrderFilter withProducts(@Nullable Among wanted) {
        return new OrderFilter(status, categories, wanted, orderValue, weekdays, months);
    }

    public OrderFilter withStatus(OrderStatus wanted) {
        return new OrderFilter(wanted, categories, products, orderValue, weekdays, months);
    }

    public OrderFilter withOrderValue(@Nullable Amount wanted) {
        return new OrderFilter(status, categories, products, wanted, weekdays, months);
    }

    /** Whether it looks at lines. */
    @JsonIgnore
    public boolean isByLine() {
        return categories != null || products != null;
    }
}
