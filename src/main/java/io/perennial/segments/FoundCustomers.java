package io.perennial.segments;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whom a rule picks.
 *
 * @param count how many, exactly
 * @param newest ids of some of them, the last known first: all, or at least twenty
 * @param behind by how much what was counted may be older than what the database has; nothing where the database itself
 *     counted
 */
record FoundCustomers(
        long count, List<Long> newest, @Nullable Duration behind) {

    FoundCustomers(long count, List<Long> newest) {
        this(count, newest, null);
    }

    FoundCustomers behind(@Nullable Duration by) {
        return new FoundCustomers(count, newest, by);
    }
}
