package io.perennial.customers.imports;

import io.perennial.customers.ConsentTopic;
import io.perennial.customers.CustomerAspect;
import io.perennial.customers.CustomerChanges;
import io.perennial.customers.imports.UndoPlan.Kind;
import io.perennial.customers.imports.UndoPlan.Reason;
import io.perennial.kernel.TenantId;
import io.perennial.tenancy.TenantSql;
import java.time.Clock;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Takes back what a chunk of an import did, as far as nothing was built on it since. Chunks are undone from the last to
 * the first. Nobody becomes mailable by it: consents are only taken back, and whoever decided about mails stays.
 */
@Component
@TenantSql("Reads and deletes by ranges and lists of ids; every statement names its tenant.")
public class ChunkUndo {

    private static final int STEP = 2_000;

    private final JdbcTemplate jdbc;
    private final ChunkTransactions transactions;
    private final CustomerStore customers;
    private final OrderStore orders;
    private final SummaryStore summaries;
    private final AttributeUndo attributes;
    private final CustomerChanges changes;

    ChunkUndo(
            JdbcTemplate jdbc,
            ChunkTransactions transactions,
            CustomerStore customers,
            OrderStore orders,
            SummaryStore summaries,
            AttributeUndo attributes,
            CustomerChanges changes) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.customers = customers;
        this.orders = orders;
        this.summaries = summaries;
        this.attributes = attributes;
        this.changes = changes;
    }

    /** Runs the undoing of a chunk in a transaction of its own, alone among the imports of the business. */
    public <T> T inTransaction(TenantId tenant, Supplier<T> work) {
        return transactions.run(tenant, work);
    }

    /** What undoing would do. */
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

    /** Does it, in the transaction around. */
    public void apply(UndoScope scope, UndoPlan plan) {
        TenantId tenant = scope.tenant();
        Set<Long> touched = new HashSet<>(plan.customersOfRestored);
        List<Long> removed = plan.ordersToRemove.stream().map(StoredOrder::id).toList();
        plan.ordersToRemove.forEach(order -> touched.add(order.customerId()));
        plan.ordersToRestore.forEach(order -> touched.add(order.customerId()));
        delete("DELETE FROM order_line WHERE tenant_id = ? AND order_id IN ", tenant, removed);
        delete("DELETE FROM customer_order WHERE tenant_id = ? AND id IN ", tenant, removed);
        orders.update(tenant, plan.ordersToRestore);
        if (!touched.isEmpty()) {
            summaries.recompute(tenant, touched);
        }
        restore(tenant, plan.customersToRestore);
        attributes.apply(tenant, plan);
        takeConsentsBack(scope, plan.consentsToTakeBack);
        if (!plan.tagsToTakeBack.isEmpty()) {
            Sql.batch(
                    jdbc,
                    "DELETE FROM customer_tag WHERE tenant_id = ? AND customer_id = ? AND tag = ?",
                    plan.tagsToTakeBack.stream()
                            .<@Nullable Object[]>map(
                                    tag -> new @Nullable Object[] {tenant.value(), tag.customer(), tag.word()})
                            .toList());
            changes.note(
                    tenant,
                    Set.of(CustomerAspect.TAGS),
                    plan.tagsToTakeBack.stream()
                            .map(UndoPlan.Tag::customer)
                            .distinct()
                            .toList());
        }
        for (UndoScope.Referring table : scope.along()) {
            delete(
                    "DELETE FROM " + table.table() + " WHERE tenant_id = ? AND " + table.column() + " IN ",
                    tenant,
                    plan.customersToRemove);
        }
        delete("DELETE FROM customer WHERE tenant_id = ? AND id IN ", tenant, plan.customersToRemove);
        changes.note(tenant, Set.of(CustomerAspect.EXISTENCE), plan.customersToRemove);
    }

    /** Which orders a chunk of another import changed. */
    public List<Long> changedOrders(byte[] packed) {
        return Packed.as(Journal.Changes.class, packed).orders().stream()
                .map(change -> change.after().id())
                .toList();
    }

    /**
     * A chunk's changes without those of some people.
     *
     * @param journal nothing where no others are left
     * @param removed of whom there were any
     */
    public record Others(byte @Nullable [] journal, Set<Long> removed) {}

    /** A chunk's changes without those of these people. */
    public static Others without(byte[] packed, Set<Long> people) {
        Journal.Changes all = Packed.as(Journal.Changes.class, packed);
        Set<Long> removed = new HashSet<>();
        Predicate<Long> others = customer -> {
            if (people.contains(customer)) {
                removed.add(customer);
                return false;
            }
            return true;
        };
        Map<Long, List<String>> tags = new HashMap<>(all.tags());
        tags.keySet().removeIf(customer -> !others.test(customer));
        Journal.Changes left = new Journal.Changes(
                all.customers().stream().filter(c -> others.test(c.id())).toList(),
                tags,
                all.consents().stream().filter(others).toList(),
                all.orders().stream()
                        .filter(o -> others.test(o.before().customerId())
                                && others.test(o.after().customerId()))
                        .toList(),
                all.attributes().stream().filter(a -> others.test(a.customer())).toList(),
                all.unchanged().stream().filter(others).toList());
        return new Others(left.isEmpty() ? null : Packed.of(left), removed);
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

    private void restore(TenantId tenant, List<StoredCustomer> restored) {
        // Ids and addresses may have gone round among them, and each may be there once only at any moment.
        Sql.steps(
                restored.stream().map(StoredCustomer::id).toList(),
                STEP,
                ids -> jdbc.update(
                        "UPDATE customer SET external_id = NULL, email = NULL WHERE tenant_id = ? AND erased_at IS"
                                + " NULL AND id IN " + Sql.list(ids),
                        tenant.value()));
        customers.update(tenant, restored, LocalDateTime.now(Clock.systemUTC()));
    }

    /** The consent goes, what was done on its ground stays on record. */
    private void takeConsentsBack(UndoScope scope, List<Long> consents) {
        if (consents.isEmpty()) {
            return;
        }
        delete(
                "DELETE FROM consent WHERE tenant_id = ? AND topic = '" + ConsentTopic.NEWS
                        + "' AND status = 'GRANTED' AND customer_id IN ",
                scope.tenant(),
                consents);
        customers.recordTakenBack(scope.tenant(), consents, "undo of " + scope.evidence());
    }

    private void delete(String sql, TenantId tenant, List<Long> ids) {
        Sql.steps(ids, STEP, some -> jdbc.update(sql + Sql.list(some), tenant.value()));
    }
}
