package io.perennial.customers;

import io.perennial.kernel.CustomerId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Two customers became one.
 *
 * @param mergedName the address, or the number with the shop, of the one that is gone; null where it has neither any more
 */
public record CustomerMerge(
        long id,
        CustomerId survivor,
        CustomerId merged,
        @Nullable String mergedName,
        Instant at,
        String by,
        @Nullable Instant undoneAt,
        boolean canBeUndone) {}
