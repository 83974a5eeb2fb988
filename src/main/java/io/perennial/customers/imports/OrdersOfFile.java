package io.perennial.customers.imports;

import io.perennial.customers.ImportField;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What became of the orders a file has named so far, and so what is to be done with a chunk's. Used by several threads. */
class OrdersOfFile {

    private static final int WRITTEN = 1;
    private static final int REJECTED = 2;
    /** Known before this import, and to stay as it is. */
    private static final int SKIPPED = 3;

    private final Fingerprints orders = new Fingerprints();
    private final String ownCurrency;
    private final boolean withLines;

    /**
     * @param ownCurrency the business's
     * @param withLines whether the file speaks of lines; else an order has one row
     */
    OrdersOfFile(String ownCurrency, boolean withLines) {
        this.ownCurrency = ownCurrency;
        this.withLines = withLines;
    }

    /** Whether a chunk that is through named it. */
    boolean has(String order) {
        return orders.get(order) != 0;
    }

    /**
     * Sorts a chunk's orders; this does not change what is known of the file.
     *
     * @param bad why an order is left out, by the shop's id
     * @param rejects rows that are left out already
     */
    Sorted sort(Iterable<OrderGroup> groups, Map<String, Problem> bad, Map<RawRow, Problem> rejects) {
        Sorted sorted = new Sorted(rejects);
        groups.forEach(group -> sorted.add(group, bad.get(group.orderId())));
        return sorted;
    }

    /** A chunk's orders by what is to be done with them. */
    final class Sorted {
        private final List<OrderGroup> fresh = new ArrayList<>();
        private final List<OrderGroup> more = new ArrayList<>();
        private final List<String> refused = new ArrayList<>();
        private final Map<RawRow, Problem> rejects;
        private long skippedRows;

        private Sorted(Map<RawRow, Problem> rejects) {
            this.rejects = new LinkedHashMap<>(rejects);
        }

        /** Orders the file had not named before. */
        List<OrderGroup> fresh() {
            return fresh;
        }

        /** Further rows of orders that were written. */
        List<OrderGroup> more() {
            return more;
        }

        List<OrderGroup> all() {
            return Stream.concat(fresh.stream(), more.stream()).toList();
        }

        /** Rows that are left out. */
        Map<RawRow, Problem> rejects() {
            return rejects;
        }

        /** Rows of orders that stay as they are. */
        long skippedRows() {
            return skippedRows;
        }

        void reject(OrderGroup group, Problem problem) {
            group.rows().forEach(row -> rejects.put(row.raw(), problem));
        }

        /** After the chunk is through. */
        void remember(Set<OrderGroup> rejected, Set<OrderGroup> skipped) {
            refused.forEach(id -> orders.put(id, REJECTED));
            fresh.forEach(group -> orders.put(
                    group.orderId(),
                    rejected.contains(group) ? REJECTED : skipped.contains(group) ? SKIPPED : WRITTEN));
        }

        private void add(OrderGroup given, @Nullable Problem bad) {
            OrderGroup group = given;
            int before = orders.get(group.orderId());
            if (before == SKIPPED && bad == null) {
                skippedRows += group.rows().size();
                return;
            }
            Problem problem = bad;
            if (problem == null && before == REJECTED) {
                problem = Problem.of(null, "order_rejected_before");
            }
            if (problem == null && !withLines && before == WRITTEN) {
                problem = Problem.of(ImportField.ORDER_ID, "duplicate_order");
            }
            if (problem == null && !withLines && group.rows().size() > 1) {
                for (OrderRow again : group.rows().subList(1, group.rows().size())) {
                    rejects.put(again.raw(), Problem.of(ImportField.ORDER_ID, "duplicate_order"));
                }
                group = group.firstRowOnly();
            }
            if (problem == null) {
                problem = group.problem(ownCurrency, before == WRITTEN);
            }
            if (problem != null) {
                reject(group, problem);
                if (before == 0) {
                    refused.add(group.orderId());
                }
            } else {
                (before == WRITTEN ? more : fresh).add(group);
            }
        }
    }
}
