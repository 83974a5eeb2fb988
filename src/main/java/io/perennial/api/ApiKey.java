package io.perennial.api;

import io.perennial.accounts.Permission;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A key as staff see it; the key itself is known to nobody here.
 *
 * @param hint its last letters
 * @param scopes what it may do
 * @param expiresAt nothing where it does not expire
 * @param lastUsedAt to the minute; nothing where it was never used
 */
public record ApiKey(
        long id,
        String name,
        String hint,
        Set<Permission> scopes,
        Instant createdAt,
        String createdBy,
        @Nullable Instant expiresAt,
        @Nullable Instant lastUsedAt,
        @Nullable Instant revokedAt,
        @Nullable String revokedBy) {

    /** How a key stands. */
    public enum State {
        ACTIVE,
        EXPIRED,
        REVOKED
    }

    public ApiKey {
        scopes = Set.copyOf(scopes);
    }

    public State state(Instant now) {
        if (revokedAt != null) {
            return State.REVOKED;
        }
        return expiresAt != null && !now.isBefore(expiresAt) ? State.EXPIRED : State.ACTIVE;
    }
}
