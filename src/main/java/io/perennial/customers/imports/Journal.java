package io.perennial.customers.imports;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a chunk did to the tables, as far as undoing needs it. What it made is told by ranges of ids alone, since those are
 * drawn in blocks: that costs a new row nothing.
 *
 * @param customers ids of the customers it made
 * @param orders ids of the orders it made
 * @param changes what it changed of others
 */
public record Journal(Ids customers, Ids orders, Changes changes) {

    static final Journal NOTHING = new Journal(Ids.NONE, Ids.NONE, Changes.NONE);

    /** A range of ids, both ends in it; empty where it begins behind its end. */
    public record Ids(long from, long to) {
        static final Ids NONE = new Ids(0, -1);

        static Ids block(long first, int count) {
            return count == 0 ? NONE : new Ids(first, first + count - 1);
        }

        boolean isEmpty() {
            return from > to;
        }

        boolean has(long id) {
            return id >= from && id <= to;
        }
    }

    /** A value before and after. */
    record Value(@Nullable String before, @Nullable String after) {}

    /** A customer whose columns were changed. */
    record ChangedCustomer(long id, Map<String, Value> columns) {}

    /** A value of an attribute, of a customer the chunk did not make, as {@link AttributeValues} writes it down. */
    record ChangedAttribute(
            long customer,
            long attribute,
            @Nullable String before,
            @Nullable String after) {}

    /** An order that was replaced, with its lines where those were replaced too. */
    record ChangedOrder(StoredOrder before, StoredOrder after) {}

    /**
     * Changes of customers and orders that the chunk did not make itself.
     *
     * @param tags added, by customer
     * @param consents customers whose consent was recorded
     * @param unchanged customers who already were as the file says; undoing needs nothing of them, lists of the file do
     */
    record Changes(
            List<ChangedCustomer> customers,
            Map<Long, List<String>> tags,
            List<Long> consents,
            List<ChangedOrder> orders,
            List<ChangedAttribute> attributes,
            List<Long> unchanged) {

        static final Changes NONE = of(List.of());

        Changes {
            // Journals of earlier versions have none.
            attributes = Objects.requireNonNullElse(attributes, List.of());
            unchanged = Objects.requireNonNullElse(unchanged, List.of());
        }

        static Changes of(List<ChangedOrder> orders) {
            return new Changes(List.of(), Map.of(), List.of(), orders, List.of(), List.of());
        }

        boolean isEmpty() {
            return customers.isEmpty()
                    && tags.isEmpty()
                    && consents.isEmpty()
                    && orders.isEmpty()
                    && attributes.isEmpty()
                    && unchanged.isEmpty();
        }
    }

    /** The changes in few bytes; nothing where there are none. */
    public byte @Nullable [] packedChanges() {
        return changes.isEmpty() ? null : Packed.of(changes);
    }
}
