package io.perennial.api.web;

import io.perennial.customers.ImportState;
import io.perennial.customers.UndoJob;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** @param progress from 0 to 1 */
record UndoView(
        String importId,
        ImportState state,
        double progress,
        @Nullable String message,
        Instant startedAt,
        @Nullable Instant finishedAt) {

    static UndoView of(long id, UndoJob undo) {
        return new UndoView(
                Long.toString(id), undo.state(), undo.progress(), undo.message(), undo.startedAt(), undo.finishedAt());
    }
}
