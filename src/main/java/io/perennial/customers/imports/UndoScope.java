package io.perennial.customers.imports;

import io.perennial.kernel.TenantId;
import java.time.LocalDateTime;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/**
 * What undoing has to know of the whole import.
 *
 * @param begun what it took for now: when its customers were created
 * @param evidence the source of the consents it recorded
 * @param changedLater orders that later imports changed
 * @param attributes which of the business's own it wrote
 * @param referring tables whose rows about a customer make it stay, each with its column for the customer
 * @param along tables whose rows are deleted with their customer
 */
public record UndoScope(
        TenantId tenant,
        LocalDateTime begun,
        String evidence,
        NavigableMap<Long, Long> orders,
        Set<Long> changedLater,
        Set<Long> attributes,
        List<Referring> referring,
        List<Referring> along) {

    /** A table with rows about customers. */
    public record Referring(String table, String column) {}

    /** @param orders the ranges of ids of all orders it made */
    public static UndoScope of(
            TenantId tenant,
            LocalDateTime begun,
            String source,
            List<Journal.Ids> orders,
            Set<Long> changedLater,
            Set<Long> attributes,
            List<Referring> referring,
            List<Referring> along) {
        TreeMap<Long, Long> ranges = new TreeMap<>();
        orders.stream().filter(ids -> !ids.isEmpty()).forEach(ids -> ranges.put(ids.from(), ids.to()));
        return new UndoScope(
                tenant, begun, ImportRun.evidence(source), ranges, changedLater, attributes, referring, along);
    }

    boolean made(long order) {
        var range = orders.floorEntry(order);
        return range != null && order <= range.getValue();
    }

    /** Whether undoing takes this order away. */
    boolean removes(long order) {
        return made(order) && !changedLater.contains(order);
    }
}
