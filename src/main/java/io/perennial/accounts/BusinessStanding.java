package io.perennial.accounts;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Whether a business may work. Where it may not, its people look at everything and export, and nothing else happens:
 * nothing is sent, no job runs; what its customers do by the links they have still holds.
 *
 * @param suspendedAt by an operator, and {@code suspendedReason}, which its people read
 * @param deleteAt when all of it is removed for good, because its owner asked for it
 */
public record BusinessStanding(
        @Nullable Instant suspendedAt,
        @Nullable String suspendedReason,
        @Nullable Instant deleteAt,
        @Nullable String deleteAskedBy) {

    /** Of a business b, as a condition. */
    static final String AT_WORK = "(b.suspended_at IS NULL AND b.delete_at IS NULL)";

    public boolean isAtWork() {
        return suspendedAt == null && deleteAt == null;
    }
}
