package io.perennial.customers;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One topic and how one customer stands to it.
 *
 * @param status nothing where the customer was never asked
 * @param wording the exact text agreed to, where known
 */
public record ConsentState(
        ConsentTopic topic,
        @Nullable ConsentStatus status,
        @Nullable Instant at,
        @Nullable String source,
        @Nullable String wording) {}
