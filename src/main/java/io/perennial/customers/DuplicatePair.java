package io.perennial.customers;

import io.perennial.kernel.CustomerId;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Two customers who may be one person.
 *
 * @param score 1 to 99: a rank, no probability
 */
public record DuplicatePair(Side first, Side second, Set<Sign> signs, int score) {

    /** One of the two, as much as a list shows. */
    public record Side(
            CustomerId id,
            String name,
            @Nullable String email,
            @Nullable String city,
            int orders) {}

    /** Why they may be one; stored as bits by their place. */
    public enum Sign {
        /** The same address but for "+something", or for dots at Gmail. */
        ADDRESS,
        PHONE,
        NAME_AND_BIRTHDAY,
        NAME_AND_CITY
    }
}
