package io.perennial.customers.imports;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import org.jspecify.annotations.Nullable;

/**
 * What all valid orders of a customer come to, as the summary has it.
 *
 * @param days on which they are, in the business's zone
 * @param first in UTC, as {@code last}; nothing without orders
 */
record OrderTotals(
        long customer,
        int orders,
        int days,
        @Nullable LocalDateTime first,
        @Nullable LocalDateTime last,
        BigDecimal value) {

    static OrderTotals none(long customer) {
        return new OrderTotals(customer, 0, 0, null, null, BigDecimal.ZERO);
    }

    /** From these columns, in their order. */
    static OrderTotals read(ResultSet rs) throws SQLException {
        return new OrderTotals(
                rs.getLong(1),
                rs.getInt(2),
                rs.getInt(3),
                rs.getObject(4, LocalDateTime.class),
                rs.getObject(5, LocalDateTime.class),
                rs.getBigDecimal(6));
    }

    /** As a JSON array of these values, in their order. */
    void appendTo(StringBuilder json) {
        json.append('[').append(customer).append(',').append(orders).append(',').append(days);
        append(json, first);
        append(json, last);
        json.append(",\"").append(value.toPlainString()).append("\"]");
    }

    private static void append(StringBuilder json, @Nullable LocalDateTime at) {
        if (at == null) {
            json.append(",null");
        } else {
            json.append(",\"").append(at).append('"');
        }
    }
}
