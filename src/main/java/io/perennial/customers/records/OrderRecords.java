package io.perennial.customers.records;

import io.perennial.kernel.CustomerId;
import io.perennial.tenancy.CurrentTenant;
import io.perennial.tenancy.TenantSql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Reads orders with their lines, in the order in which they became known here. */
@Service
@TenantSql("Walks along the clustered key; nothing here is changed.")
public class OrderRecords {

    /** Orders read at a time, at most. */
    public static final int LARGEST_PAGE = 200;

    private static final String COLUMNS = "SELECT id, customer_id, external_id, ordered_at, status, currency, amount, "
            + "net_value, refunded, refunded_at FROM customer_order WHERE tenant_id = ? AND ";

    private final JdbcClient jdbc;

    OrderRecords(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * The next orders.
     *
     * @param customer only theirs, or everybody's
     * @param after the id of the last one read, or 0 to begin
     * @param limit at most one more than {@link #LARGEST_PAGE}, by which it is known whether there are more
     */
    @Transactional(readOnly = true)
    @PreAuthorize("hasAuthority('customer:read')")
    public List<OrderRecord> page(@Nullable CustomerId customer, long after, int limit) {
        List<Object> params = new ArrayList<>(List.of(tenant()));
        if (customer != null) {
            params.add(customer.value());
        }
        params.add(after);
        params.add(Math.clamp(limit, 1, LARGEST_PAGE + 1));
        return withLines(
                jdbc.sql(COLUMNS + (customer == null ? "" : "customer_id = ? AND ") + "id > ? ORDER BY id LIMIT ?")
                        .params(params)
                        .query(OrderRecords::map)
                        .list());
    }

    /** The order with the shop's own number. */
    @Transactional(readOnly = true)
    @PreAuthorize("hasAuthority('customer:read')")
    public Optional<OrderRecord> find(String number) {
        return withLines(jdbc.sql(COLUMNS + "external_id = ?")
                        .params(tenant(), number)
                        .query(OrderRecords::map)
                        .list())
                .stream()
                .findFirst();
    }

    private List<OrderRecord> withLines(List<OrderRecord> orders) {
        Map<Long, List<OrderRecord.Line>> lines = new HashMap<>();
        if (!orders.isEmpty()) {
            jdbc.sql("SELECT order_id, sku, product, category, quantity, net_value FROM order_line "
                            + "WHERE tenant_id = ? AND order_id IN ("
                            + String.join(",", Collections.nCopies(orders.size(), "?"))
                            + ") ORDER BY order_id, line_no")
                    .param(tenant())
                    .params(orders.stream().map(OrderRecord::id).toList())
                    .query(rs -> {
                        lines.computeIfAbsent(rs.getLong(1), id -> new ArrayList<>())
                                .add(new OrderRecord.Line(
                                        rs.getString(2),
                                        rs.getString(3),
                                        rs.getString(4),
                                        rs.getBigDecimal(5),
                                        rs.getBigDecimal(6)));
                    });
        }
        return orders.stream()
                .map(o -> new OrderRecord(
                        o.id(),
                        o.customer(),
                        o.number(),
                        o.orderedAt(),
                        o.status(),
                        o.currency(),
                        o.amount(),
                        o.value(),
                        o.refunded(),
                        o.refundedAt(),
                        lines.getOrDefault(o.id(), List.of())))
                .toList();
    }

    private static OrderRecord map(ResultSet rs, int row) throws SQLException {
        LocalDateTime refundedAt = rs.getObject("refunded_at", LocalDateTime.class);
        return new OrderRecord(
                rs.getLong("id"),
                new CustomerId(rs.getLong("customer_id")),
                rs.getString("external_id"),
                rs.getObject("ordered_at", LocalDateTime.class).toInstant(ZoneOffset.UTC),
                rs.getString("status"),
                rs.getString("currency"),
                rs.getBigDecimal("amount"),
                rs.getBigDecimal("net_value"),
                rs.getBigDecimal("refunded"),
                refundedAt == null ? null : refundedAt.toInstant(ZoneOffset.UTC),
                List.of());
    }

    private static long tenant() {
        return CurrentTenant.require().value();
    }
}
