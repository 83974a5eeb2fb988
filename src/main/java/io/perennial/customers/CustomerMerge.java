package io.perennial.customers;

import io.perennial.kernel.CustomerId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Two customers became one. */
public record CustomerMerge(
        long id,
        CustomerId survivor,
        CustomerId merged,
        Instant at,
        String by,
        @Nullable Instant undoneAt,
        boolean canBeUndone) {}
