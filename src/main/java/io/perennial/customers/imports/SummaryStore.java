package io.perennial.customers.imports;

import io.perennial.customers.CustomerAspect;
import io.perennial.customers.CustomerChanges;
import io.perennial.kernel.TenantId;
import io.perennial.tenancy.TenantSql;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Keeps the per-customer summary true to the orders. */
@Component
@TenantSql("Set-based statements over the orders of some customers; each names its tenant.")
public class SummaryStore {

    /** Longer lists of ids make the optimiser give up on ranges. */
    private static final int STEP = 2_000;

    private static final int STEP_OF_ADDING = 5_000;

    private final JdbcTemplate jdbc;
    private final CustomerChanges changes;

    SummaryStore(JdbcTemplate jdbc, CustomerChanges changes) {
        this.jdbc = jdbc;
        this.changes = changes;
    }

    /** Recomputes these customers from their orders, in the transaction around. */
    public void recompute(TenantId tenant, Collection<Long> customers) {
        List<Long> ids = new ArrayList<>(new TreeSet<>(customers)); // in the order in which they are stored
        recomputeSorted(tenant, ids);
        changes.note(tenant, Set.of(CustomerAspect.ORDERS), ids);
    }

    /**
     * Adds new orders to the summaries of their customers, in the transaction around, which added the orders. Costs less
     * than {@link #recompute}; who ordered at about that time before is recomputed all the same, as one day counts once.
     *
     * @param zone of the business, in which the days of its orders are
     */
    void add(TenantId tenant, List<StoredOrder> orders, ZoneId zone) {
        NewOrders sums = new NewOrders(orders);
        Sql.steps(sums.customers(), STEP_OF_ADDING, ids -> add(tenant, sums, zone, ids));
        changes.note(
                tenant,
                Set.of(CustomerAspect.ORDERS),
                orders.stream().map(StoredOrder::customerId).distinct().toList());
    }

    private void add(TenantId tenant, NewOrders orders, ZoneId zone, List<Long> ids) {
        Set<Long> others = new HashSet<>(ids); // those without a summary too
        StringBuilder sums = new StringBuilder(ids.size() * 128).append('[');
        jdbc.query(
                "SELECT customer_id, orders, order_days, first_order_at, last_order_at, value FROM customer_summary "
                        + "WHERE tenant_id = ? AND customer_id IN " + Sql.list(ids) + " FOR UPDATE",
                rs -> {
                    long id = rs.getLong(1);
                    NewOrders.Sum more = Objects.requireNonNull(orders.of(id));
                    if (rs.getInt(2) > 0) {
                        LocalDateTime first = rs.getObject(4, LocalDateTime.class);
                        LocalDateTime last = rs.getObject(5, LocalDateTime.class);
                        if (!more.isApartFrom(first, last, zone)) {
                            return;
                        }
                        more = more.after(rs.getInt(2), rs.getInt(3), first, last, rs.getBigDecimal(6));
                    }
                    others.remove(id);
                    more.appendTo(sums.length() == 1 ? sums : sums.append(','), id);
                },
                tenant.value());
        if (others.size() < ids.size()) {
            jdbc.update(
                    "UPDATE JSON_TABLE(?, '$[*]' COLUMNS (id BIGINT PATH '$[0]', orders INT PATH '$[1]', "
                            + "order_days INT PATH '$[2]', first_at DATETIME(6) PATH '$[3]', "
                            + "last_at DATETIME(6) PATH '$[4]', value DECIMAL(16, 4) PATH '$[5]')) n "
                            + "STRAIGHT_JOIN customer_summary s ON s.tenant_id = ? AND s.customer_id = n.id "
                            + "SET s.orders = n.orders, s.order_days = n.order_days, s.first_order_at = n.first_at, "
                            + "s.last_order_at = n.last_at, s.value = n.value",
                    sums.append(']').toString(),
                    tenant.value());
        }
        recomputeSorted(tenant, new ArrayList<>(new TreeSet<>(others)));
    }

    private void recomputeSorted(TenantId tenant, List<Long> ids) {
        Sql.steps(ids, STEP, some -> {
            String customers = Sql.list(some);
            // Every customer has a row but those that something else made. An UPDATE costs half of an INSERT that
            // becomes one.
            if (update(tenant, customers) < some.size()) {
                jdbc.update(
                        "INSERT INTO customer_summary (tenant_id, customer_id) SELECT c.tenant_id, c.id FROM customer "
                                + "c WHERE c.tenant_id = ? AND c.id IN " + customers
                                + " ON DUPLICATE KEY UPDATE customer_id = VALUES(customer_id)",
                        tenant.value());
                update(tenant, customers);
            }
        });
    }

    private int update(TenantId tenant, String customers) {
        return jdbc.update(
                "UPDATE (SELECT c.id, COUNT(o.id) AS orders, COUNT(DISTINCT o.ordered_on) AS order_days, "
                        + "MIN(o.ordered_at) AS first_at, MAX(o.ordered_at) AS last_at, "
                        + "COALESCE(SUM(o.net_value - o.refunded), 0) AS value FROM customer c "
                        + "LEFT JOIN customer_order o ON o.tenant_id = c.tenant_id AND o.customer_id = c.id "
                        + "AND o.status = 'PAID' AND o.net_value > 0 WHERE c.tenant_id = ? AND c.id IN " + customers
                        + " GROUP BY c.id) n STRAIGHT_JOIN customer_summary s ON s.tenant_id = ? "
                        + "AND s.customer_id = n.id SET s.orders = n.orders, s.order_days = n.order_days, "
                        + "s.first_order_at = n.first_at, s.last_order_at = n.last_at, s.value = n.value",
                tenant.value(),
                tenant.value());
    }
}
