package io.perennial.customers.imports;

import io.perennial.customers.Article;
import io.perennial.kernel.TenantId;
import io.perennial.tenancy.TenantSql;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Reads and writes orders and their lines by the thousand. */
@Component
@TenantSql("Imports write tens of thousands of rows a second, in multi-row statements; each names its tenant.")
class OrderStore {

    /** Longer lists make the optimiser give up on ranges. */
    private static final int STEP = 5_000;

    private static final String ORDER_COLUMNS =
            "tenant_id, id, customer_id, external_id, ordered_at, ordered_on, status, currency, amount, net_value, "
                    + "refunded, refunded_at";

    private static final String LINE_COLUMNS =
            "tenant_id, order_id, line_no, customer_id, ordered_at, counted, sku, product, category, article_id, "
                    + "quantity, net_value";

    private final JdbcTemplate jdbc;
    private final BulkInsert insert;
    private final Articles articles;

    OrderStore(JdbcTemplate jdbc, BulkInsert insert, Articles articles) {
        this.jdbc = jdbc;
        this.insert = insert;
        this.articles = articles;
    }

    /** The orders with these ids of the shop's, with their lines or without. */
    Map<String, StoredOrder> find(TenantId tenant, Collection<String> externalIds, boolean withLines) {
        Map<String, StoredOrder> found = new HashMap<>();
        Sql.steps(externalIds, STEP, ids -> find(tenant, ids, found));
        if (withLines) {
            Map<Long, List<StoredOrder.Line>> lines =
                    lines(tenant, found.values().stream().map(StoredOrder::id).toList());
            found.replaceAll((id, order) -> order.withLines(lines.getOrDefault(order.id(), List.of())));
        }
        return found;
    }

    private void find(TenantId tenant, List<String> externalIds, Map<String, StoredOrder> found) {
        List<Object> params = new ArrayList<>(externalIds.size() + 1);
        params.add(tenant.value());
        params.addAll(externalIds);
        query(
                "external_id IN (" + String.join(",", Collections.nCopies(externalIds.size(), "?")) + ")",
                params.toArray(),
                order -> found.put(order.externalId(), order));
    }

    /** Orders without their lines, by a range of ids. */
    List<StoredOrder> between(TenantId tenant, Journal.Ids ids) {
        List<StoredOrder> found = new ArrayList<>();
        query("id BETWEEN ? AND ?", new Object[] {tenant.value(), ids.from(), ids.to()}, found::add);
        return found;
    }

    /** Orders with their lines. */
    Map<Long, StoredOrder> byIds(TenantId tenant, Collection<Long> ids) {
        Map<Long, StoredOrder> found = new HashMap<>();
        Sql.steps(
                ids,
                STEP,
                some -> query(
                        "id IN " + Sql.list(some),
                        new Object[] {tenant.value()},
                        order -> found.put(order.id(), order)));
        Map<Long, List<StoredOrder.Line>> lines = lines(tenant, found.keySet());
        found.replaceAll((id, order) -> order.withLines(lines.getOrDefault(id, List.of())));
        return found;
    }

    private void query(String condition, Object[] params, Consumer<StoredOrder> orders) {
        jdbc.query(
                "SELECT id, customer_id, external_id, ordered_at, ordered_on, status, currency, amount, net_value, refunded, "
                        + "refunded_at FROM customer_order WHERE tenant_id = ? AND " + condition,
                rs -> {
                    orders.accept(new StoredOrder(
                            rs.getLong(1),
                            rs.getLong(2),
                            rs.getString(3),
                            rs.getObject(4, LocalDateTime.class),
                            rs.getObject(5, LocalDate.class),
                            OrderStatus.valueOf(rs.getString(6)),
                            rs.getString(7),
                            rs.getBigDecimal(8),
                            rs.getBigDecimal(9),
                            rs.getBigDecimal(10),
                            rs.getObject(11, LocalDateTime.class),
                            null));
                },
                params);
    }

    /** The lines of these orders, in their order. */
    Map<Long, List<StoredOrder.Line>> lines(TenantId tenant, Collection<Long> orders) {
        Map<Long, List<StoredOrder.Line>> lines = new HashMap<>();
        Sql.steps(
                orders,
                STEP,
                ids -> jdbc.query(
                        "SELECT order_id, line_no, sku, product, category, quantity, net_value FROM order_line "
                                + "WHERE tenant_id = ? AND order_id IN " + Sql.list(ids)
                                + " ORDER BY order_id, line_no",
                        rs -> {
                            lines.computeIfAbsent(rs.getLong(1), id -> new ArrayList<>())
                                    .add(new StoredOrder.Line(
                                            rs.getInt(2),
                                            rs.getString(3),
                                            rs.getString(4),
                                            rs.getString(5),
                                            rs.getBigDecimal(6),
                                            rs.getBigDecimal(7)));
                        },
                        tenant.value()));
        return lines;
    }

    /** Adds orders of customers who are there. */
    void insert(TenantId tenant, List<StoredOrder> orders) {
        List<@Nullable Object[]> lines = lines(tenant, orders);
        insert.into("customer_order", ORDER_COLUMNS, rows(tenant, orders));
        insert.intoUnchecked("order_line", LINE_COLUMNS, lines);
    }

    /** Adds orders without locking their customers; {@link SummaryStore#add} does so before the transaction ends. */
    void insertUnchecked(TenantId tenant, List<StoredOrder> orders) {
        List<@Nullable Object[]> lines = lines(tenant, orders);
        insert.intoUnchecked("customer_order", ORDER_COLUMNS, rows(tenant, orders));
        insert.intoUnchecked("order_line", LINE_COLUMNS, lines);
    }

    private static List<@Nullable Object[]> rows(TenantId tenant, List<StoredOrder> orders) {
        Long business = tenant.value();
        return orders.stream()
                .<@Nullable Object[]>map(o -> new @Nullable Object[] {
                    business,
                    o.id(),
                    o.customerId(),
                    o.externalId(),
                    o.orderedAt(),
                    o.orderedOn(),
                    o.status().name(),
                    o.currency(),
                    o.amount(),
                    o.net(),
                    o.refunded(),
                    o.refundedAt()
                })
                .toList();
    }

    /** Replaces orders, and their lines where the file speaks of lines. */
    void update(TenantId tenant, List<StoredOrder> orders) {
        if (orders.isEmpty()) {
            return;
        }
        List<@Nullable Object[]> lines = lines(tenant, orders);
        Sql.batch(
                jdbc,
                "UPDATE customer_order SET customer_id = ?, ordered_at = ?, ordered_on = ?, status = ?, currency = ?, "
                        + "amount = ?, net_value = ?, refunded = ?, refunded_at = ? WHERE tenant_id = ? AND id = ?",
                orders.stream()
                        .<@Nullable Object[]>map(o -> new @Nullable Object[] {
                            o.customerId(),
                            o.orderedAt(),
                            o.orderedOn(),
                            o.status().name(),
                            o.currency(),
                            o.amount(),
                            o.net(),
                            o.refunded(),
                            o.refundedAt(),
                            tenant.value(),
                            o.id()
                        })
                        .toList());
        List<Long> replaced = orders.stream()
                .filter(o -> o.lines() != null)
                .map(StoredOrder::id)
                .toList();
        Sql.steps(
                replaced,
                STEP,
                ids -> jdbc.update(
                        "DELETE FROM order_line WHERE tenant_id = ? AND order_id IN " + Sql.list(ids), tenant.value()));
        List<@Nullable Object[]> kept = orders.stream()
                .filter(o -> o.lines() == null)
                .<@Nullable Object[]>map(
                        o -> new @Nullable Object[] {o.customerId(), o.orderedAt(), o.counts(), tenant.value(), o.id()})
                .toList();
        if (!kept.isEmpty()) { // lines repeat whose they are, when, and whether they count
            Sql.batch(
                    jdbc,
                    "UPDATE order_line SET customer_id = ?, ordered_at = ?, counted = ? WHERE tenant_id = ? AND order_id = ?",
                    kept);
        }
        insert.into("order_line", LINE_COLUMNS, lines);
    }

    /** Before anything else is written: the articles among them are stored here. */
    private List<@Nullable Object[]> lines(TenantId tenant, List<StoredOrder> orders) {
        List<Article> sold = new ArrayList<>();
        orders.forEach(order -> linesOf(order).forEach(line -> sold.add(line.article())));
        Iterator<Long> ids = articles.of(tenant, sold).iterator();
        List<@Nullable Object[]> rows = new ArrayList<>(sold.size());
        Long business =
                tenant.value(); // one and the same object in all rows, and in all of an order: these are written fast
        for (StoredOrder order : orders) {
            Long id = order.id();
            Long customer = order.customerId();
            for (StoredOrder.Line line : linesOf(order)) {
                rows.add(new @Nullable Object[] {
                    business,
                    id,
                    line.no(),
                    customer,
                    order.orderedAt(),
                    order.counts(),
                    line.sku(),
                    line.product(),
                    line.category(),
                    ids.next(),
                    line.quantity(),
                    line.net()
                });
            }
        }
        return rows;
    }

    private static List<StoredOrder.Line> linesOf(StoredOrder order) {
        return order.lines() == null ? List.of() : order.lines();
    }
}
