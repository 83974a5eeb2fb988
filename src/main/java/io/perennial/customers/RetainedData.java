package io.perennial.customers;

import io.perennial.tenancy.SqlFragment;
import java.time.LocalDateTime;
import java.util.Optional;

/**
 * What a feature removes when its time is over, and by what it knows that a customer was there. Each feature with such rows
 * has beans of this type. Called within the current tenant, in a transaction for each step.
 */
public interface RetainedData {

    /** What it removes; empty where it only knows of signs of life. */
    default Optional<RetentionKind> kind() {
        return Optional.empty();
    }

    /** How many rows are older than that, in UTC. */
    default long count(LocalDateTime before) {
        return 0;
    }

    /** Removes at most so many of them; gives how many. */
    default int remove(LocalDateTime before, int limit) {
        return 0;
    }

    /**
     * A condition that holds where the customer showed a sign of life since then.
     *
     * @param alias of the table {@code customer} in the statement around
     */
    default Optional<SqlFragment> aliveSince(String alias, LocalDateTime since) {
        return Optional.empty();
    }
}
