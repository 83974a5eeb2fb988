package io.perennial.customers;

import io.perennial.kernel.CustomerId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An entry of the suppression list.
 *
 * @param email nothing where only a hash is kept
 * @param customer who has this address now
 */
public record SuppressedAddress(
        @Nullable String email,
        SuppressionReason reason,
        @Nullable String evidence,
        Instant at,
        @Nullable CustomerId customer) {}
