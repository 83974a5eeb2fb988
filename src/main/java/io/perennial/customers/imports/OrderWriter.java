package io.perennial.customers.imports;

import io.perennial.customers.ImportCounts;
import io.perennial.customers.ImportField;
import io.perennial.customers.ImportPolicy;
import io.perennial.kernel.TimeOrderedIds;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Writes the orders of a chunk, and brings the summaries of the customers touched up to date in the same transaction. */
class OrderWriter {

    private static final int LAST_STEP = 5_000;

    private final ImportRun run;
    private final boolean withLines;
    private final OrderMaker maker;
    private final OrdersInParts parts = new OrdersInParts();
    private final OrderStore orders;
    private final OrderCustomers customers;
    private final SummaryStore summaries;

    private OrderWriter(
            ImportRun run, boolean withLines, OrderStore orders, OrderCustomers customers, SummaryStore summaries) {
        this.run = run;
        this.withLines = withLines;
        this.maker = new OrderMaker(run.currency().getCurrencyCode(), withLines);
        this.orders = orders;
        this.customers = customers;
        this.summaries = summaries;
    }

    /** Makes the writer of one import. */
    @Component
    static class Factory {
        private final OrderStore orders;
        private final CustomerStore customers;
        private final SummaryStore summaries;

        Factory(OrderStore orders, CustomerStore customers, SummaryStore summaries) {
            this.orders = orders;
            this.customers = customers;
            this.summaries = summaries;
        }

        OrderWriter create(ImportRun run, boolean withLines) {
            return new OrderWriter(run, withLines, orders, new OrderCustomers(run, customers), summaries);
        }
    }

    /** What a chunk came to. */
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

    /**
     * Writes a chunk, in the transaction around.
     *
     * @param fresh orders this file had not named before
     * @param more further rows of orders written before by this import
     */
    Outcome write(List<OrderGroup> fresh, List<OrderGroup> more) {
        Map<String, StoredOrder> stored =
                stored(Stream.concat(fresh.stream(), more.stream()).toList());
        ImportPolicy.KnownOrders policy = run.options().policy().knownOrders();
        Set<OrderGroup> known = policy == ImportPolicy.KnownOrders.REPLACE
                ? Set.of()
                : fresh.stream()
                        .filter(group -> stored.containsKey(group.orderId()))
                        .collect(Collectors.toCollection(LinkedHashSet::new));
        List<OrderGroup> wanted =
                fresh.stream().filter(group -> !known.contains(group)).toList();
        // Only of these: nobody is made for an order that stays as it is.
        Attempt attempt = new Attempt(
                customers.find(Stream.concat(wanted.stream(), more.stream()).toList()));
        if (policy == ImportPolicy.KnownOrders.REJECT) {
            known.forEach(group -> attempt.rejects.put(group, Problem.of(ImportField.ORDER_ID, "order_known")));
        }
        return attempt.write(wanted, more, stored, policy == ImportPolicy.KnownOrders.SKIP ? known : Set.of());
    }

    /**
     * Adds orders, in the transaction around, without looking whether they are there.
     *
     * @param fresh orders this file had not named before
     * @return what finishes it in the chunk's turn; nothing if customers would have to be made
     */
    @Nullable
    Supplier<Outcome> ahead(List<OrderGroup> fresh) {
        long erased = run.erased().refresh();
        OrderCustomers.Found found = customers.find(fresh);
        if (!found.fresh().isEmpty()) {
            return null;
        }
        Attempt attempt = new Attempt(found);
        attempt.plan(fresh, Map.of());
        orders.insertUnchecked(run.tenant(), attempt.inserts);
        return () -> {
            run.erased().requireUnchanged(erased);
            summaries.add(run.tenant(), attempt.inserts, run.zone());
            return attempt.outcome(Set.of());
        };
    }

    /** After the chunk is through. */
    void settle(Outcome outcome) {
        customers.remember(outcome.found());
        parts.takeOver(outcome.parts());
    }

    /** In an earlier run the rest of this order was shown. */
    void forget(String orderId) {
        parts.forget(orderId);
    }

    /** In an earlier run these had to wait for further rows: nothing was written about them, so they are found as then. */
    void await(List<OrderGroup> groups) {
        if (groups.isEmpty()) {
            return;
        }
        OrderCustomers.Found found = customers.find(groups);
        Map<String, StoredOrder> stored = stored(groups);
        for (OrderGroup group : groups) {
            StoredOrder before = stored.get(group.orderId());
            StoredOrder shown = parts.shown(group.orderId());
            if (shown != null) {
                parts.put(maker.longer(group, shown));
            } else if (before != null) {
                parts.put(maker.begun(group, before, before.id(), found.customerOf(group)));
            }
        }
    }

    /** Once the file is at its end: orders of which it showed less than is stored are shortened. */
    List<Chunk> rest() {
        List<StoredOrder> rest = parts.rest();
        List<Chunk> steps = new ArrayList<>();
        for (int from = 0; from < rest.size(); from += LAST_STEP) {
            steps.add(new Rest(rest.subList(from, Math.min(rest.size(), from + LAST_STEP)).stream()
                    .map(maker::settled)
                    .toList()));
        }
        return steps;
    }

    private Map<String, StoredOrder> stored(List<OrderGroup> groups) {
        return withLines(orders.find(
                run.tenant(), groups.stream().map(OrderGroup::orderId).toList()));
    }

    private Map<String, StoredOrder> withLines(Map<String, StoredOrder> stored) {
        if (withLines) {
            Map<Long, List<StoredOrder.Line>> lines = orders.lines(
                    run.tenant(), stored.values().stream().map(StoredOrder::id).toList());
            stored.replaceAll((id, order) -> order.withLines(lines.getOrDefault(order.id(), List.of())));
        }
        return stored;
    }

    /** Orders that are shortened at the end. */
    private final class Rest implements Chunk {
        private final List<StoredOrder> shortened;

        private Rest(List<StoredOrder> shortened) {
            this.shortened = shortened;
        }

        @Override
        public long rows() {
            return 0;
        }

        @Override
        public Written write() {
            List<Journal.ChangedOrder> changes = new ArrayList<>();
            if (!run.options().dryRun()) {
                Map<String, StoredOrder> stored = withLines(orders.find(
                        run.tenant(),
                        shortened.stream().map(StoredOrder::externalId).toList()));
                for (StoredOrder order : shortened) {
                    StoredOrder before = stored.get(order.externalId());
                    if (before != null) {
                        changes.add(new Journal.ChangedOrder(before, order));
                    }
                }
                orders.update(run.tenant(), shortened);
                summaries.recompute(
                        run.tenant(),
                        shortened.stream().map(StoredOrder::customerId).collect(Collectors.toSet()));
            }
            return new Written(
                    new ImportCounts(0, 0, shortened.size(), 0, 0, 0),
                    Map.of(),
                    new Journal(Journal.Ids.NONE, Journal.Ids.NONE, Journal.Changes.of(changes)),
                    null,
                    () -> {});
        }

        @Override
        public void replay(byte @Nullable [] state) {}
    }

    private record Placed(OrderGroup group, long customer) {}

    /** One try at a chunk; made anew each time the chunk is tried. */
    private final class Attempt {
        private final OrderCustomers.Found found;
        private final Map<OrderGroup, Problem> rejects;
        private final List<StoredOrder> inserts = new ArrayList<>();
        private final List<StoredOrder> updates = new ArrayList<>();
        private final Set<Long> touched = new HashSet<>();
        private final OrdersInParts.Changes parts = new OrdersInParts.Changes();
        private final List<Journal.ChangedOrder> changes = new ArrayList<>();
        private Journal.Ids block = Journal.Ids.NONE;
        private long updated;
        private long unchanged;

        private Attempt(OrderCustomers.Found found) {
            this.found = found;
            this.rejects = new LinkedHashMap<>(found.rejects());
        }

        private Outcome write(
                List<OrderGroup> fresh,
                List<OrderGroup> more,
                Map<String, StoredOrder> stored,
                Set<OrderGroup> skipped) {
            plan(fresh, stored);
            for (OrderGroup group : more) {
                StoredOrder before = stored.get(group.orderId());
                if (before != null && !rejects.containsKey(group)) { // in a dry run nothing was written before
                    goOn(group, before);
                }
            }
            if (!run.options().dryRun()) {
                customers.create(found);
                orders.insert(run.tenant(), inserts);
                orders.update(run.tenant(), updates);
                summaries.recompute(run.tenant(), touched);
            }
            return outcome(skipped);
        }

        private void plan(List<OrderGroup> fresh, Map<String, StoredOrder> stored) {
            long id = TimeOrderedIds.nextBlock(fresh.size() + 1);
            block = Journal.Ids.block(id, fresh.size() + 1);
            for (Placed placed : byCustomer(fresh)) {
                OrderGroup group = placed.group();
                if (!rejects.containsKey(group)) {
                    begin(group, placed.customer(), stored.get(group.orderId()), id++);
                }
            }
        }

        /** Ids in this order let new entries of the indexes by customer lie beside each other. */
        private List<Placed> byCustomer(List<OrderGroup> groups) {
            return groups.stream()
                    .map(group -> new Placed(group, found.customerOf(group)))
                    .sorted(Comparator.comparingLong(Placed::customer))
                    .toList();
        }

        private Outcome outcome(Set<OrderGroup> skipped) {
            return new Outcome(
                    inserts.size(),
                    updated,
                    unchanged,
                    found,
                    rejects,
                    skipped,
                    new Journal(
                            found.made(), inserts.isEmpty() ? Journal.Ids.NONE : block, Journal.Changes.of(changes)),
                    parts);
        }

        private void begin(OrderGroup group, long customer, @Nullable StoredOrder before, long freshId) {
            if (before == null) {
                StoredOrder order = maker.whole(group, null, freshId, customer);
                inserts.add(order);
                touched.add(order.customerId());
                return;
            }
            StoredOrder begun = maker.begun(group, before, before.id(), customer);
            if (withLines && !group.saysTotal() && OrderWriter.this.parts.hasRoom() && begun.isBeginningOf(before)) {
                parts.wait(begun);
            } else {
                compare(maker.settled(begun), before);
            }
        }

        private void goOn(OrderGroup group, StoredOrder before) {
            StoredOrder shown = OrderWriter.this.parts.shown(group.orderId());
            if ((group.customerId() != null || group.email() != null)
                    && found.customerOf(group) != before.customerId()) {
                rejects.put(group, Problem.of(ImportField.EXTERNAL_ID, "two_customers"));
            } else if (shown != null) {
                StoredOrder longer = maker.longer(group, shown);
                if (longer.isBeginningOf(before)) {
                    parts.wait(longer);
                } else {
                    parts.settle(longer);
                    compare(maker.settled(longer), before);
                }
            } else if (!run.options().dryRun()) {
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
}
