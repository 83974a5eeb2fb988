package io.perennial.customers.imports;

import io.perennial.customers.ImportField;
import io.perennial.kernel.TimeOrderedIds;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
            long created, long updated, long unchanged, long customersCreated, Map<OrderGroup, Problem> rejects) {}

    /**
     * Writes a chunk in a transaction of its own.
     *
     * @param fresh orders this file had not named before
     * @param more further rows of orders written before by this import
     */
    Outcome write(List<OrderGroup> fresh, List<OrderGroup> more) {
        if (fresh.isEmpty() && more.isEmpty()) {
            return new Outcome(0, 0, 0, 0, Map.of());
        }
        Chunk done = run.transactions()
                .run(
                        run.tenant(),
                        () -> new Chunk(customers.find(Stream.concat(fresh.stream(), more.stream())
                                        .toList()))
                                .write(fresh, more));
        customers.remember(done.found);
        parts.takeOver(done.parts);
        return new Outcome(
                done.inserts.size(),
                done.updated,
                done.unchanged,
                done.found.fresh().size(),
                done.rejects);
    }

    /** Once the file is at its end: orders of which it showed less than is stored are shortened. Returns how many. */
    long finish() {
        List<StoredOrder> rest = parts.rest();
        if (!run.options().dryRun()) {
            for (int from = 0; from < rest.size(); from += LAST_STEP) {
                List<StoredOrder> step = rest.subList(from, Math.min(rest.size(), from + LAST_STEP)).stream()
                        .map(maker::settled)
                        .toList();
                run.transactions().run(run.tenant(), () -> {
                    orders.update(run.tenant(), step);
                    summaries.recompute(
                            run.tenant(),
                            step.stream().map(StoredOrder::customerId).collect(Collectors.toSet()),
                            true);
                    return step;
                });
            }
        }
        return rest.size();
    }

    /** One try at a chunk; made anew each time the chunk is tried. */
    private final class Chunk {
        private final OrderCustomers.Found found;
        private final Map<OrderGroup, Problem> rejects;
        private final List<StoredOrder> inserts = new ArrayList<>();
        private final List<StoredOrder> updates = new ArrayList<>();
        private final Set<Long> touched = new HashSet<>();
        private final OrdersInParts.Changes parts = new OrdersInParts.Changes();
        private long updated;
        private long unchanged;

        private Chunk(OrderCustomers.Found found) {
            this.found = found;
            this.rejects = new LinkedHashMap<>(found.rejects());
        }

        private Chunk write(List<OrderGroup> fresh, List<OrderGroup> more) {
            Map<String, StoredOrder> stored = stored(fresh, more);
            long id = TimeOrderedIds.nextBlock(fresh.size() + 1);
            for (OrderGroup group : fresh) {
                if (!rejects.containsKey(group)) {
                    begin(group, stored.get(group.orderId()), id++);
                }
            }
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
                summaries.recompute(run.tenant(), touched, !updates.isEmpty());
            }
            return this;
        }

        private Map<String, StoredOrder> stored(List<OrderGroup> fresh, List<OrderGroup> more) {
            Map<String, StoredOrder> stored = orders.find(
                    run.tenant(),
                    Stream.concat(fresh.stream(), more.stream())
                            .map(OrderGroup::orderId)
                            .toList());
            if (withLines) {
                Map<Long, List<StoredOrder.Line>> lines = orders.lines(
                        run.tenant(),
                        stored.values().stream().map(StoredOrder::id).toList());
                stored.replaceAll((id, order) -> order.withLines(lines.getOrDefault(order.id(), List.of())));
            }
            return stored;
        }

        private void begin(OrderGroup group, @Nullable StoredOrder before, long freshId) {
            long customer = found.customerOf(group);
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
                updates.add(maker.settled(maker.longer(group, before)));
                touched.add(before.customerId());
            }
        }

        private void compare(StoredOrder order, StoredOrder before) {
            if (order.equals(before)) {
                unchanged++;
            } else {
                updated++;
                updates.add(order);
                touched.add(order.customerId());
                touched.add(before.customerId());
            }
        }
    }
}
