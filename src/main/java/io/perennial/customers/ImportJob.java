package io.perennial.customers;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An import in the background.
 *
 * @param source the file's name
 * @param bytesTotal size of the file
 * @param message why it did not end well, or nothing
 */
public record ImportJob(
        long id,
        ImportKind kind,
        ImportState state,
        String source,
        boolean dryRun,
        long bytesTotal,
        long bytesDone,
        ImportCounts counts,
        @Nullable String message,
        String startedBy,
        Instant queuedAt,
        @Nullable Instant finishedAt) {

    /** How much of the file is through, from 0 to 1. */
    public double progress() {
        return state == ImportState.DONE ? 1 : bytesTotal == 0 ? 0 : Math.min(1, (double) bytesDone / bytesTotal);
    }
}
