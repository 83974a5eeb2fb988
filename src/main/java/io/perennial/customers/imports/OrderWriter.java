package io.perennial.customers.imports;

import io.perennial.customers.ImportField;
import io.perennial.customers.ImportPolicy;
import java.util.ArrayList;
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

    /**
     * Writes a chunk, in the transaction around.
     *
     * @param fresh orders this file had not named before
     * @param more further rows of orders written before by this import
     */
    OrderPlan.Outcome write(List<OrderGroup> fresh, List<OrderGroup> more) {
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
        OrderCustomers.Found found =
                customers.find(Stream.concat(wanted.stream(), more.stream()).toList());
        OrderPlan plan = plan(found);
        if (policy == ImportPolicy.KnownOrders.REJECT) {
            known.forEach(group -> plan.reject(group, Problem.of(ImportField.ORDER_ID, "order_known")));
        }
        plan.begin(wanted, stored);
        plan.goOn(more, stored);
        if (!run.options().dryRun()) {
            customers.create(found);
            orders.insert(run.tenant(), plan.inserts());
            orders.update(run.tenant(), plan.updates());
            summaries.recompute(run.tenant(), plan.touched());
        }
        return plan.outcome(policy == ImportPolicy.KnownOrders.SKIP ? known : Set.of());
    }

    private OrderPlan plan(OrderCustomers.Found found) {
        return new OrderPlan(maker, parts, found, withLines, run.options().dryRun());
    }

    /**
     * Adds orders, in the transaction around, without looking whether they are there.
     *
     * @param fresh orders this file had not named before
     * @return what finishes it in the chunk's turn; nothing if customers would have to be made
     */
    @Nullable
    Supplier<OrderPlan.Outcome> ahead(List<OrderGroup> fresh) {
        long erased = run.erased().refresh();
        OrderCustomers.Found found = customers.find(fresh);
        if (!found.fresh().isEmpty()) {
            return null;
        }
        OrderPlan plan = plan(found);
        plan.begin(fresh, Map.of());
        orders.insertUnchecked(run.tenant(), plan.inserts());
        return () -> {
            run.erased().requireUnchanged(erased);
            summaries.add(run.tenant(), plan.inserts(), run.zone());
            return plan.outcome(Set.of());
        };
    }

    /** After the chunk is through. */
    void settle(OrderPlan.Outcome outcome) {
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
            steps.add(new ShortenedOrders(
                    run,
                    orders,
                    summaries,
                    withLines,
                    rest.subList(from, Math.min(rest.size(), from + LAST_STEP)).stream()
                            .map(maker::settled)
                            .toList()));
        }
        return steps;
    }

    private Map<String, StoredOrder> stored(List<OrderGroup> groups) {
        return orders.find(
                run.tenant(), groups.stream().map(OrderGroup::orderId).toList(), withLines);
    }
}
