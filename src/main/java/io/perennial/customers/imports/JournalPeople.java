package io.perennial.customers.imports;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Of whom a chunk's journal tells, without those it made; and the journal without some of them.
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
}
