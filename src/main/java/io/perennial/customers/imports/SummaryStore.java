package io.perennial.customers.imports;

import io.perennial.customers.CustomerAspect;
import io.perennial.customers.CustomerChanges;
import io.perennial.kernel.TenantId;
import io.perennial.tenancy.TenantSql;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Keeps the per-customer summary true to the orders. Whoever writes a summary locks it first and then reads the orders
 * without locks (READ COMMITTED): what another transaction adds and has not committed counts for nothing, and whoever added
 * it comes to this lock later. Reading them with locks, as an UPDATE of a join does, would wait for a chunk of an import
 * that is sent ahead of its turn, which waits for whoever reads.
 */
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
        List<Long> ids = inOrder(customers);
        Sql.steps(ids, STEP, some -> recompute(tenant, lock(tenant, some)));
        changes.note(tenant, Set.of(CustomerAspect.ORDERS), ids);
    }

    /**
     * Adds new orders to the summaries of their customers, in the transaction around, which added the orders. Costs less
     * than {@link #recompute}; who ordered at about that time before is recomputed all the same, as one day counts once.
     * The orders may have been added without looking whether their customers are there: whose summary is locked stays.
     *
     * @param zone of the business, in which the days of its orders are
     * @throws PessimisticLockingFailureException if one of the customers is there no more
     */
    void add(TenantId tenant, List<StoredOrder> orders, ZoneId zone) {
        List<Long> customers =
                inOrder(orders.stream().map(StoredOrder::customerId).toList());
        NewOrders sums = new NewOrders(orders);
        Sql.steps(customers, STEP_OF_ADDING, ids -> add(tenant, sums, zone, ids));
        changes.note(tenant, Set.of(CustomerAspect.ORDERS), customers);
    }

    private void add(TenantId tenant, NewOrders orders, ZoneId zone, List<Long> ids) {
        Map<Long, OrderTotals> stored = lock(tenant, ids);
        if (stored.size() < ids.size()) {
            throw new PessimisticLockingFailureException("A customer is there no more");
        }
        List<OrderTotals> counted = new ArrayList<>(ids.size());
        Set<Long> others = new HashSet<>();
        orders.sums().forEach((customer, more) -> {
            OrderTotals before = stored.get(customer);
            if (before == null) {
                return; // of another step
            }
            if (more.isApartFrom(before, zone)) {
                counted.add(more.after(before));
            } else {
                others.add(customer);
            }
        });
        write(tenant, counted);
        Sql.steps(inOrder(others), STEP, some -> {
            Map<Long, OrderTotals> once = new HashMap<>();
            some.forEach(id -> once.put(id, OrderTotals.none(id)));
            recompute(tenant, once);
        });
    }

    /** @param locked whose summaries this transaction holds */
    private void recompute(TenantId tenant, Map<Long, OrderTotals> locked) {
        if (locked.isEmpty()) {
            return;
        }
        locked.replaceAll((id, before) -> OrderTotals.none(id));
        jdbc.query(
                "SELECT customer_id, COUNT(*), COUNT(DISTINCT ordered_on), MIN(ordered_at), MAX(ordered_at), "
                        + "SUM(counted_value) FROM customer_order FORCE INDEX (ix_customer_order_customer) "
                        + "WHERE tenant_id = ? AND customer_id IN " + Sql.list(inOrder(locked.keySet()))
                        + " AND counted_value IS NOT NULL GROUP BY customer_id",
                rs -> {
                    OrderTotals totals = OrderTotals.read(rs);
                    locked.put(totals.customer(), totals);
                },
                tenant.value());
        write(tenant, locked.values());
    }

    /** What the summaries of these customers say, each made where it was missing; nothing of who is there no more. */
    private Map<Long, OrderTotals> lock(TenantId tenant, List<Long> ids) {
        Map<Long, OrderTotals> found = stored(tenant, ids);
        if (found.size() < ids.size()) { // all have a row but those that something else made
            jdbc.update(
                    "INSERT INTO customer_summary (tenant_id, customer_id) SELECT c.tenant_id, c.id FROM customer c "
                            + "WHERE c.tenant_id = ? AND c.id IN " + Sql.list(ids)
                            + " ON DUPLICATE KEY UPDATE customer_id = VALUES(customer_id)",
                    tenant.value());
            found = stored(tenant, ids);
        }
        return found;
    }

    private Map<Long, OrderTotals> stored(TenantId tenant, List<Long> ids) {
        Map<Long, OrderTotals> found = HashMap.newHashMap(ids.size());
        jdbc.query(
                "SELECT customer_id, orders, order_days, first_order_at, last_order_at, value FROM customer_summary "
                        + "FORCE INDEX (PRIMARY) WHERE tenant_id = ? AND customer_id IN " + Sql.list(ids)
                        + " FOR UPDATE",
                rs -> {
                    OrderTotals totals = OrderTotals.read(rs);
                    found.put(totals.customer(), totals);
                },
                tenant.value());
        return found;
    }

    private void write(TenantId tenant, Collection<OrderTotals> all) {
        if (all.isEmpty()) {
            return;
        }
        StringBuilder json = new StringBuilder(all.size() * 128).append('[');
        all.forEach(totals -> totals.appendTo(json.length() == 1 ? json : json.append(',')));
        jdbc.update(
                "UPDATE JSON_TABLE(?, '$[*]' COLUMNS (id BIGINT PATH '$[0]', orders INT PATH '$[1]', "
                        + "order_days INT PATH '$[2]', first_at DATETIME(6) PATH '$[3]', "
                        + "last_at DATETIME(6) PATH '$[4]', value DECIMAL(16, 4) PATH '$[5]')) n "
                        + "STRAIGHT_JOIN customer_summary s ON s.tenant_id = ? AND s.customer_id = n.id "
                        + "SET s.orders = n.orders, s.order_days = n.order_days, s.first_order_at = n.first_at, "
                        + "s.last_order_at = n.last_at, s.value = n.value",
                json.append(']').toString(),
                tenant.value());
    }

    /** In the order in which they are stored. */
    private static List<Long> inOrder(Collection<Long> customers) {
        return List.copyOf(new TreeSet<>(customers));
    }
}
