package io.perennial.customers.imports;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Of whom a chunk's journal tells, without those it made.
 *
 * @param changed whose row, tags, consent, attributes or orders it changed
 * @param unchanged who already were as the file says
 */
public record JournalPeople(Set<Long> changed, Set<Long> unchanged) {

    /** @param packed nothing where it changed nobody */
    public static JournalPeople in(byte @Nullable [] packed) {
        if (packed == null) {
            return new JournalPeople(Set.of(), Set.of());
        }
        Journal.Changes all = Packed.as(Journal.Changes.class, packed);
        Set<Long> changed = new TreeSet<>(all.tags().keySet());
        all.customers().forEach(customer -> changed.add(customer.id()));
        changed.addAll(all.consents());
        all.attributes().forEach(attribute -> changed.add(attribute.customer()));
        all.orders().forEach(order -> changed.add(order.after().customerId()));
        Set<Long> unchanged = new LinkedHashSet<>(all.unchanged());
        unchanged.removeAll(changed); // a consent alone does not count as a change of the customer, but it is one
        return new JournalPeople(changed, unchanged);
    }
}
