package io.perennial.customers;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** That an address is never mailed, why and since when. */
public record Suppression(
        SuppressionReason reason, @Nullable String evidence, Instant at) {}
