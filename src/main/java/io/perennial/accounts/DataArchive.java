package io.perennial.accounts;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An export of everything that a business owns.
 *
 * @param expiresAt when its file goes, once it is ready
 * @param bytes of the file
 * @param rows in all its tables
 */
public record DataArchive(
        long id,
        State state,
        String askedBy,
        Instant askedAt,
        @Nullable Instant expiresAt,
        long bytes,
        long rows) {

    /** How far it is. */
    public enum State {
        WAITING,
        RUNNING,
        READY
    }
}
