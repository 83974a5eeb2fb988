package io.perennial.customers;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The undoing of an import, in the background.
 *
 * @param state QUEUED, RUNNING, DONE, FAILED or INTERRUPTED
 * @param chunks how many pieces of the import are to be undone
 */
public record UndoJob(
        long importId,
        ImportState state,
        int chunks,
        int chunksDone,
        UndoCounts counts,
        @Nullable String message,
        String startedBy,
        Instant startedAt,
        @Nullable Instant finishedAt) {

    /** How much is done, from 0 to 1. */
    public double progress() {
        return state == ImportState.DONE || chunks == 0 ? 1 : (double) chunksDone / chunks;
    }
}
