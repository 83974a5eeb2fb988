package io.perennial.customers.imports;

import io.perennial.customers.CustomerAspect;
import io.perennial.customers.CustomerChanges;
import io.perennial.kernel.TenantId;
import io.perennial.tenancy.TenantSql;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Keeps the per-customer summary and the customer-months true to the orders. */
@Component
@TenantSql("Set-based statements over the orders of some customers; each names its tenant.")
public class SummaryStore {

    /** Longer lists of ids make the optimiser give up on ranges. */
    private static final int STEP = 2_000;

    private final JdbcTemplate jdbc;
    private final CustomerChanges changes;

    SummaryStore(JdbcTemplate jdbc, CustomerChanges changes) {
        this.jdbc = jdbc;
        this.changes = changes;
    }

    /**
     * Recomputes these customers from their orders, in the transaction around.
     *
     * @param monthsMayVanish whether an order was changed or moved, so that a month may be left without any
     */
    public void recompute(TenantId tenant, Collection<Long> customers, boolean monthsMayVanish) {
        List<Long> ids = new ArrayList<>(new TreeSet<>(customers)); // in the order in which they are stored
        for (int from = 0; from < ids.size(); from += STEP) {
            String list = Sql.list(ids.subList(from, Math.min(ids.size(), from + STEP)));
            summaries(tenant, list, Math.min(STEP, ids.size() - from));
            months(tenant, list, monthsMayVanish);
        }
        changes.note(tenant, Set.of(CustomerAspect.ORDERS), ids);
    }

    private void summaries(TenantId tenant, String customers, int count) {
        // Every customer has a row but those that something else made. An UPDATE costs half of an INSERT that becomes
        // one.
        if (update(tenant, customers) < count) {
            jdbc.update(
                    "INSERT INTO customer_summary (tenant_id, customer_id) SELECT c.tenant_id, c.id FROM customer c "
                            + "WHERE c.tenant_id = ? AND c.id IN " + customers
                            + " ON DUPLICATE KEY UPDATE customer_id = VALUES(customer_id)",
                    tenant.value());
            update(tenant, customers);
        }
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

    private void months(TenantId tenant, String customers, boolean mayVanish) {
        if (mayVanish) {
            jdbc.update(
                    "DELETE FROM customer_month WHERE tenant_id = ? AND customer_id IN " + customers, tenant.value());
        }
        jdbc.update(
                "INSERT INTO customer_month (tenant_id, customer_id, month, orders, value) "
                        + "SELECT o.tenant_id, o.customer_id, "
                        + "DATE_SUB(o.ordered_on, INTERVAL DAYOFMONTH(o.ordered_on) - 1 DAY) AS m, COUNT(*), "
                        + "SUM(o.net_value - o.refunded) FROM customer_order o WHERE o.tenant_id = ? "
                        + "AND o.customer_id IN " + customers + " AND o.status = 'PAID' AND o.net_value > 0 "
                        + "GROUP BY o.tenant_id, o.customer_id, m "
                        + "ON DUPLICATE KEY UPDATE orders = VALUES(orders), value = VALUES(value)",
                tenant.value());
    }
}
