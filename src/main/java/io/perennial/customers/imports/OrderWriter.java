package io.perennial.customers.imports;

import io.perennial.customers.ImportField;
import io.perennial.customers.imports.Dates.Moment;
import io.perennial.kernel.TenantId;
import io.perennial.kernel.TimeOrderedIds;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Writes the orders of a chunk, and brings the summaries of the customers touched up to date in the same transaction. */
class OrderWriter {

    private final ImportRun run;
    private final boolean withLines;
    private final OrderStore orders;
    private final OrderCustomers customers;
    private final SummaryStore summaries;

    private OrderWriter(
            ImportRun run, boolean withLines, OrderStore orders, OrderCustomers customers, SummaryStore summaries) {
        this.run = run;
        this.withLines = withLines;
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
        OrderCustomers.Found[] found = new OrderCustomers.Found[1];
        Outcome outcome = run.transactions().run(run.tenant(), () -> {
            found[0] =
                    customers.find(Stream.concat(fresh.stream(), more.stream()).toList());
            return write(fresh, more, found[0]);
        });
        customers.remember(found[0]);
        return outcome;
    }

    private Outcome write(List<OrderGroup> fresh, List<OrderGroup> more, OrderCustomers.Found found) {
        TenantId tenant = run.tenant();
        Map<OrderGroup, Problem> rejects = new LinkedHashMap<>(found.rejects());
        Map<String, StoredOrder> stored = orders.find(
                tenant,
                Stream.concat(fresh.stream(), more.stream())
                        .map(OrderGroup::orderId)
                        .toList());
        Map<Long, List<StoredOrder.Line>> lines = withLines
                ? orders.lines(
                        tenant, stored.values().stream().map(StoredOrder::id).toList())
                : Map.of();
        List<StoredOrder> inserts = new ArrayList<>();
        List<StoredOrder> updates = new ArrayList<>();
        Set<Long> touched = new HashSet<>();
        long created = 0;
        long updated = 0;
        long unchanged = 0;
        long id = TimeOrderedIds.nextBlock(fresh.size() + 1);
        for (OrderGroup group : fresh) {
            if (rejects.containsKey(group)) {
                continue;
            }
            StoredOrder before = stored.get(group.orderId());
            StoredOrder order = order(group, before, before == null ? id++ : before.id(), found.customerOf(group));
            if (before == null) {
                created++;
                inserts.add(order);
                touched.add(order.customerId());
            } else if (order.equals(
                    withLines ? before.withLines(lines.getOrDefault(before.id(), List.of())) : before)) {
                unchanged++;
            } else {
                updated++;
                updates.add(order);
                touched.add(order.customerId());
                touched.add(before.customerId());
            }
        }
        for (OrderGroup group : more) {
            StoredOrder before = stored.get(group.orderId());
            if (before != null && !rejects.containsKey(group)) { // in a dry run nothing was written before
                if ((group.customerId() != null || group.email() != null)
                        && found.customerOf(group) != before.customerId()) {
                    rejects.put(group, Problem.of(ImportField.EXTERNAL_ID, "two_customers"));
                } else if (!run.options().dryRun()) {
                    updates.add(longer(group, before, lines.getOrDefault(before.id(), List.of())));
                    touched.add(before.customerId());
                }
            }
        }
        if (!run.options().dryRun()) {
            customers.create(found);
            orders.insert(tenant, inserts);
            orders.update(tenant, updates);
            summaries.recompute(tenant, touched, !updates.isEmpty());
        }
        return new Outcome(created, updated, unchanged, found.fresh().size(), rejects);
    }

    private StoredOrder order(OrderGroup group, @Nullable StoredOrder before, long id, long customer) {
        String own = run.currency().getCurrencyCode();
        BigDecimal rate = group.rate(own);
        BigDecimal amount = StoredOrder.money(group.amount());
        BigDecimal net = StoredOrder.money(amount.multiply(rate));
        Moment ordered = java.util.Objects.requireNonNull(group.ordered());
        LocalDateTime at = utc(ordered);
        OrderStatus said = group.first(OrderRow::status);
        OrderStatus status = said != null ? said : before != null ? before.status() : OrderStatus.PAID;
        BigDecimal given = group.refunded();
        BigDecimal refunded = given != null
                ? StoredOrder.money(given.multiply(rate))
                : before != null ? before.refunded().min(net) : StoredOrder.money(BigDecimal.ZERO);
        Moment saidRefund = group.first(OrderRow::refundedAt);
        LocalDateTime refundedAt = saidRefund != null
                ? utc(saidRefund)
                : before != null && before.refundedAt() != null ? before.refundedAt() : at;
        if (status == OrderStatus.PAID && net.signum() > 0 && refunded.compareTo(net) == 0) {
            status = OrderStatus.REFUNDED; // a full refund takes the order out of every count
        } else if (status == OrderStatus.REFUNDED && refunded.signum() == 0) {
            refunded = net;
        }
        String currency = group.first(OrderRow::currency);
        return new StoredOrder(
                id,
                customer,
                group.orderId(),
                at,
                ordered.on(),
                status,
                currency == null ? own : currency,
                amount,
                net,
                refunded,
                refunded.signum() == 0 ? null : refundedAt,
                withLines ? group.lines(1, rate) : null);
    }

    /** An order with further lines; its total grows by them unless the file gives the total itself. */
    private StoredOrder longer(OrderGroup group, StoredOrder before, List<StoredOrder.Line> lines) {
        BigDecimal rate = before.amount().signum() == 0
                        || before.currency().equals(run.currency().getCurrencyCode())
                ? group.rate(run.currency().getCurrencyCode())
                : before.net().divide(before.amount(), 10, java.math.RoundingMode.HALF_EVEN);
        boolean total = group.first(OrderRow::total) != null;
        BigDecimal more = total ? BigDecimal.ZERO : group.amount();
        BigDecimal back = total || group.refunded() == null ? BigDecimal.ZERO : group.refunded();
        List<StoredOrder.Line> all = new ArrayList<>(lines);
        all.addAll(group.lines(lines.size() + 1, rate));
        BigDecimal amount = StoredOrder.money(before.amount().add(more));
        BigDecimal net = StoredOrder.money(before.net().add(more.multiply(rate)));
        BigDecimal refunded =
                StoredOrder.money(before.refunded().add(back.multiply(rate))).min(net);
        return new StoredOrder(
                before.id(),
                before.customerId(),
                before.externalId(),
                before.orderedAt(),
                before.orderedOn(),
                before.status(),
                before.currency(),
                amount,
                net,
                refunded,
                refunded.signum() == 0 ? null : before.refundedAt() == null ? before.orderedAt() : before.refundedAt(),
                all);
    }

    private static LocalDateTime utc(Moment moment) {
        return LocalDateTime.ofInstant(moment.at(), ZoneOffset.UTC);
    }
}
