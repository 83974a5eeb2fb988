package io.perennial.customers;

import io.perennial.kernel.CustomerId;
import java.time.Instant;
import java.util.SortedMap;

/**
 * The proof that somebody was erased; nothing in it tells who.
 *
 * @param by who of the staff did it
 * @param rows how many rows were deleted or overwritten, by table
 */
public record Erasure(long id, CustomerId customer, Instant at, String by, SortedMap<String, Long> rows) {

    public long total() {
        return rows.values().stream().mapToLong(Long::longValue).sum();
    }
}
