package io.perennial.customers.imports;

import io.perennial.customers.ConsentTopic;
import io.perennial.customers.imports.UndoPlan.Kind;
import io.perennial.customers.imports.UndoPlan.Reason;
import io.perennial.tenancy.TenantSql;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * What undoing a chunk of an import comes to, without doing it: what it made and changed is taken back as far as nothing was
 * built on it since.
 */
@Component
@TenantSql("Reads by ranges and lists of ids; every statement names its tenant.")
public class UndoPlanner {

    private static final int STEP = 2_000;

    private final JdbcTemplate jdbc;
    private final CustomerStore customers;
    private final OrderStore orders;
    private final AttributeUndo attributes;

    UndoPlanner(JdbcTemplate jdbc, CustomerStore customers, OrderStore orders, AttributeUndo attributes) {
        this.jdbc = jdbc;
        this.customers = customers;
        this.orders = orders;
        this.attributes = attributes;
    }

    /**
     * What undoing a chunk would do.
     *
     * @param packed the chunk's journal; nothing where it changed nobody
     */
    public UndoPlan plan(UndoScope scope, Journal.Ids madeCustomers, Journal.Ids madeOrders, byte @Nullable [] packed) {
        Journal.Changes done = packed == null ? Journal.Changes.NONE : Packed.as(Journal.Changes.class, packed);
        UndoPlan plan = new UndoPlan();
        planMadeOrders(scope, madeOrders, plan);
        planChangedOrders(scope, done.orders(), plan);
        planChangedCustomers(scope, done.customers(), plan);
        attributes.plan(scope.tenant(), done.attributes(), plan);
        planConsents(scope, done.consents(), plan);
        done.tags()
                .forEach((customer, tags) ->
                        tags.forEach(tag -> plan.tagsToTakeBack.add(new UndoPlan.Tag(customer, tag))));
        planMadeCustomers(scope, madeCustomers, plan);
        return plan;
    }

    /** Which orders a chunk of another import changed. */
    public List<Long> changedOrders(byte[] packed) {
        return Packed.as(Journal.Changes.class, packed).orders().stream()
                .map(change -> change.after().id())
                .toList();
    }

    private void planMadeOrders(UndoScope scope, Journal.Ids made, UndoPlan plan) {
        if (made.isEmpty()) {
            return;
        }
        for (StoredOrder order : orders.between(scope.tenant(), made)) {
            if (scope.changedLater().contains(order.id())) {
                plan.keep(Kind.ORDER, order.id(), Reason.CHANGED_SINCE);
            } else {
                plan.ordersToRemove.add(order);
            }
        }
    }

    private void planChangedOrders(UndoScope scope, List<Journal.ChangedOrder> changed, UndoPlan plan) {
        List<Journal.ChangedOrder> others =
                changed.stream().filter(c -> !scope.made(c.after().id())).toList(); // those made go anyway
        Map<Long, StoredOrder> now = orders.byIds(
                scope.tenant(), others.stream().map(c -> c.after().id()).toList());
        for (Journal.ChangedOrder change : others) {
            StoredOrder after = change.after();
            StoredOrder current = now.get(after.id());
            if (current == null) {
                plan.keep(Kind.ORDER, after.id(), Reason.GONE);
            } else if (current.isAs(after)) {
                plan.ordersToRestore.add(change.before());
                plan.customersOfRestored.add(current.customerId());
            } else {
                plan.keep(Kind.ORDER, after.id(), Reason.CHANGED_SINCE);
            }
        }
    }

    private void planChangedCustomers(UndoScope scope, List<Journal.ChangedCustomer> changed, UndoPlan plan) {
        Map<Long, StoredCustomer> now = customers.byIds(
                scope.tenant(),
                changed.stream().map(Journal.ChangedCustomer::id).toList());
        Set<Long> ours = new HashSet<>();
        Map<String, List<String>> keys = Map.of("external_id", new ArrayList<>(), "email", new ArrayList<>());
        for (Journal.ChangedCustomer change : changed) {
            ours.add(change.id());
            keys.forEach((column, values) -> {
                Journal.Value value = change.columns().get(column);
                if (value != null && value.before() != null) {
                    values.add(value.before());
                }
            });
        }
        Set<String> taken = new HashSet<>();
        customers
                .find(
                        scope.tenant(),
                        Objects.requireNonNull(keys.get("external_id")),
                        Objects.requireNonNull(keys.get("email")))
                .stream()
                .filter(other -> !ours.contains(other.id()))
                .forEach(other -> {
                    taken.add("i" + other.externalId());
                    taken.add("e" + other.email());
                });
        for (Journal.ChangedCustomer change : changed) {
            StoredCustomer current = now.get(change.id());
            if (current == null) {
                plan.keep(Kind.CUSTOMER, change.id(), Reason.GONE);
                continue;
            }
            StoredCustomer restored = current.restoredBy(change, taken);
            if (!restored.isFully(change)) {
                plan.keep(
                        Kind.CUSTOMER,
                        change.id(),
                        current.differsFromAfter(change) ? Reason.CHANGED_SINCE : Reason.TAKEN);
            }
            if (restored != current) {
                plan.customersToRestore.add(restored);
            }
        }
    }

    private void planConsents(UndoScope scope, List<Long> consents, UndoPlan plan) {
        Sql.steps(
                consents,
                STEP,
                ids -> plan.consentsToTakeBack.addAll(jdbc.queryForList(
                        "SELECT customer_id FROM consent WHERE tenant_id = ? AND topic = ? AND status = 'GRANTED' "
                                + "AND source = ? AND customer_id IN " + Sql.list(ids),
                        Long.class,
                        scope.tenant().value(),
                        ConsentTopic.NEWS,
                        scope.evidence())));
    }

    private void planMadeCustomers(UndoScope scope, Journal.Ids made, UndoPlan plan) {
        if (made.isEmpty()) {
            return;
        }
        Map<Long, Reason> staying = new HashMap<>();
        Object[] range = {scope.tenant().value(), made.from(), made.to()};
        jdbc.query(
                "SELECT customer_id, id FROM customer_order WHERE tenant_id = ? AND customer_id BETWEEN ? AND ?",
                rs -> {
                    if (!scope.removes(rs.getLong(2))) {
                        staying.putIfAbsent(rs.getLong(1), Reason.ORDERS);
                    }
                },
                range);
        jdbc.query(
                "SELECT DISTINCT customer_id FROM consent WHERE tenant_id = ? AND customer_id BETWEEN ? AND ? "
                        + "AND NOT (status = 'GRANTED' AND source = ?)",
                rs -> {
                    staying.putIfAbsent(rs.getLong(1), Reason.CONSENT);
                },
                scope.tenant().value(),
                made.from(),
                made.to(),
                scope.evidence());
        for (UndoScope.Referring table : scope.referring()) {
            jdbc.query(
                    "SELECT DISTINCT " + table.column() + " FROM " + table.table() + " WHERE tenant_id = ? AND "
                            + table.column() + " BETWEEN ? AND ?" + attributes.others(scope, table.table()),
                    rs -> {
                        staying.putIfAbsent(rs.getLong(1), Reason.HISTORY);
                    },
                    range);
        }
        jdbc.query(
                "SELECT id, updated_at <> created_at OR erased_at IS NOT NULL FROM customer WHERE tenant_id = ? "
                        + "AND id BETWEEN ? AND ? AND created_at = ?",
                rs -> {
                    long id = rs.getLong(1);
                    Reason reason = staying.get(id);
                    if (reason == null && rs.getBoolean(2)) {
                        reason = Reason.CHANGED_SINCE;
                    }
                    if (reason == null) {
                        plan.customersToRemove.add(id);
                    } else {
                        plan.keep(Kind.CUSTOMER, id, reason);
                    }
                },
                scope.tenant().value(),
                made.from(),
                made.to(),
                scope.begun());
    }
}
