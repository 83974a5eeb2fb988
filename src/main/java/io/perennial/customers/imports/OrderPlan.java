package io.perennial.customers.imports;

import io.perennial.customers.ImportField;
import io.perennial.kernel.TimeOrderedIds;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides what becomes of a chunk's orders, by what the file says and what is stored; changes nothing. Made anew each time the
 * chunk is tried.
 */
class OrderPlan {

    private final OrderMaker maker;
    private final OrdersInParts shown;
    private final OrderCustomers.Found found;
    private final boolean withLines;
    private final boolean dryRun;
    private final Map<OrderGroup, Problem> rejects;
    private final List<StoredOrder> inserts = new ArrayList<>();
    private final List<StoredOrder> updates = new ArrayList<>();
    private final Set<Long> touched = new HashSet<>();
    private final OrdersInParts.Changes parts = new OrdersInParts.Changes();
    private final List<Journal.ChangedOrder> changes = new ArrayList<>();
    private Journal.Ids block = Journal.Ids.NONE;
    private long updated;
    private long unchanged;

    /**
     * @param shown what the file has shown before of orders that are longer in the tables
     * @param found whose the orders are
     * @param withLines whether the file speaks of lines
     */
    OrderPlan(OrderMaker maker, OrdersInParts shown, OrderCustomers.Found found, boolean withLines, boolean dryRun) {
        this.maker = maker;
        this.shown = shown;
        this.found = found;
        this.withLines = withLines;
        this.dryRun = dryRun;
        this.rejects = new LinkedHashMap<>(found.rejects());
    }

    /** What a chunk comes to. */
    record Outcome(
            long created,
            long updated,
            long unchanged,
            OrderCustomers.Found found,
            Map<OrderGroup, Problem> rejects,
            Set<OrderGroup> skipped,
            Journal journal,
            OrdersInParts.Changes parts) {

        long skippedRows() {
            return skipped.stream().mapToLong(group -> group.rows().size()).sum();
        }

        long customersCreated() {
            return found.fresh().size();
        }
    }

    void reject(OrderGroup group, Problem problem) {
        rejects.put(group, problem);
    }

    /**
     * Orders the file had not named before.
     *
     * @param stored what is in the tables of them, by the shop's ids
     */
    void begin(List<OrderGroup> fresh, Map<String, StoredOrder> stored) {
        long id = TimeOrderedIds.nextBlock(fresh.size() + 1);
        block = Journal.Ids.block(id, fresh.size() + 1);
        for (Placed placed : byCustomer(fresh)) {
            OrderGroup group = placed.group();
            if (!rejects.containsKey(group)) {
                begin(group, placed.customer(), stored.get(group.orderId()), id++);
            }
        }
    }

    /** Further rows of orders written before by this import. */
    void goOn(List<OrderGroup> more, Map<String, StoredOrder> stored) {
        for (OrderGroup group : more) {
            StoredOrder before = stored.get(group.orderId());
            if (before != null && !rejects.containsKey(group)) { // in a dry run nothing was written before
                goOn(group, before);
            }
        }
    }

    /** Orders to be added. */
    List<StoredOrder> inserts() {
        return inserts;
    }

    /** Orders to be replaced. */
    List<StoredOrder> updates() {
        return updates;
    }

    /** The customers whose orders are added or change. */
    Set<Long> touched() {
        return touched;
    }

    /** @param skipped orders that stay as they are, because the person wants that */
    Outcome outcome(Set<OrderGroup> skipped) {
        return new Outcome(
                inserts.size(),
                updated,
                unchanged,
                found,
                rejects,
                skipped,
                new Journal(found.made(), inserts.isEmpty() ? Journal.Ids.NONE : block, Journal.Changes.of(changes)),
                parts);
    }

    private record Placed(OrderGroup group, long customer) {}

    /** Ids in this order let new entries of the indexes by customer lie beside each other. */
    private List<Placed> byCustomer(List<OrderGroup> groups) {
        return groups.stream()
                .map(group -> new Placed(group, found.customerOf(group)))
                .sorted(Comparator.comparingLong(Placed::customer))
                .toList();
    }

    private void begin(OrderGroup group, long customer, @Nullable StoredOrder before, long freshId) {
        if (before == null) {
            StoredOrder order = maker.whole(group, null, freshId, customer);
            inserts.add(order);
            touched.add(order.customerId());
            return;
        }
        StoredOrder begun = maker.begun(group, before, before.id(), customer);
        if (withLines && !group.saysTotal() && shown.hasRoom() && begun.isBeginningOf(before)) {
            parts.wait(begun);
        } else {
            compare(maker.settled(begun), before);
        }
    }

    private void goOn(OrderGroup group, StoredOrder before) {
        StoredOrder soFar = shown.shown(group.orderId());
        if ((group.customerId() != null || group.email() != null) && found.customerOf(group) != before.customerId()) {
            rejects.put(group, Problem.of(ImportField.EXTERNAL_ID, "two_customers"));
        } else if (soFar != null) {
            StoredOrder longer = maker.longer(group, soFar);
            if (longer.isBeginningOf(before)) {
                parts.wait(longer);
            } else {
                parts.settle(longer);
                compare(maker.settled(longer), before);
            }
        } else if (!dryRun) {
            change(maker.settled(maker.longer(group, before)), before);
            touched.add(before.customerId());
        }
    }

    private void compare(StoredOrder order, StoredOrder before) {
        if (order.equals(before)) {
            unchanged++;
        } else {
            updated++;
            change(order, before);
            touched.add(order.customerId());
            touched.add(before.customerId());
        }
    }

    private void change(StoredOrder order, StoredOrder before) {
        updates.add(order);
        changes.add(new Journal.ChangedOrder(order.lines() == null ? before.withLines(null) : before, order));
    }
}
