package io.perennial.customers.imports;

import io.perennial.customers.CustomerAspect;
import io.perennial.customers.CustomerChanges;
import io.perennial.kernel.TenantId;
import io.perennial.tenancy.TenantSql;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
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
        List<Long> ids = new ArrayList<>(customers);
        for (int from = 0; from < ids.size(); from += STEP) {
            String list = Sql.list(ids.subList(from, Math.min(ids.size(), from + STEP)));
            summaries(tenant, list);
            months(tenant, list, monthsMayVanish);
        }
        changes.note(tenant, Set.of(CustomerAspect.ORDERS), ids);
    }

    private void summaries(TenantId tenant, String customers) {
        jdbc.update(
                "INSERT INTO customer_summary (tenant_id, customer_id, orders, order_days, first_order_at, last_order_at, "
                        + "value) SELECT c.tenant_id, c.id, COUNT(o.id), COUNT(DISTINCT o.ordered_on), MIN(o.ordered_at), "
                        + "MAX(o.ordered_at), COALESCE(SUM(o.net_value - o.refunded), 0) FROM customer c "
                        + "LEFT JOIN customer_order o ON o.tenant_id = c.tenant_id AND o.customer_id = c.id "
                        + "AND o.status = 'PAID' AND o.net_value > 0 WHERE c.tenant_id = ? AND c.id IN " + customers
                        + " GROUP BY c.tenant_id, c.id ON DUPLICATE KEY UPDATE orders = VALUES(orders), "
                        + "order_days = VALUES(order_days), first_order_at = VALUES(first_order_at), "
                        + "last_order_at = VALUES(last_order_at), value = VALUES(value)",
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
