package io.perennial.customers;

import java.util.Collection;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** How many rows about whom were deleted or overwritten, by table: what goes into the proof of each. */
public final class ErasedRows {

    private final Map<Long, SortedMap<String, Long>> people = new TreeMap<>();

    ErasedRows(Collection<Person> people) {
        people.forEach(person -> this.people.put(person.id().value(), new TreeMap<>()));
    }

    /** Counts rows of a person who is being erased; those of anybody else are passed over. */
    public void add(long customer, String table, long rows) {
        SortedMap<String, Long> own = people.get(customer);
        if (own != null) {
            own.merge(table, rows, Long::sum);
        }
    }

    /** That a table was looked through for all of them: it stands in each proof, be it with none. */
    void looked(String table) {
        people.values().forEach(own -> own.putIfAbsent(table, 0L));
    }

    SortedMap<String, Long> of(Person person) {
        return people.getOrDefault(person.id().value(), new TreeMap<>());
    }
}
