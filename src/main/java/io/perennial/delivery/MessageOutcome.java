package io.perennial.delivery;

import io.perennial.kernel.CustomerId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What happened with one person's message.
 *
 * @param detail the server's reply or the reason in words; empty where all went well
 */
public record MessageOutcome(
        long messageId,
        CustomerId customer,
        String email,
        MessageState state,
        @Nullable Instant at,
        @Nullable String detail,
        @Nullable Instant openedAt,
        @Nullable Instant clickedAt) {}
