package io.perennial.customers.imports;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Rows of a file that are written in one transaction. Chunks are written, or replayed, in the order of the file. */
interface Chunk {

    /** How many rows of the file it took. */
    long rows();

    /** Whether it may be tried {@link #ahead} of its turn, as far as is known without looking. */
    default boolean canGoAhead() {
        return false;
    }

    /**
     * Writes, in the transaction around, what can be written before the chunks before it are through: rows that are new if
     * what the file says is, so that nothing is looked up that may be changed by them. Those that are there already are an
     * exception, as with INSERT; then nothing came of it.
     *
     * @return what finishes the work once they are through; nothing if this chunk cannot be written so
     */
    default @Nullable Supplier<Written> ahead() {
        return null;
    }

    /** Does its work, in the transaction around. May be called again if that failed, so it changes the database only. */
    Written write();

    /**
     * Brings back what later chunks have to know, where an earlier run wrote this chunk.
     *
     * @param state as it was in {@link Written#state()}
     */
    void replay(byte @Nullable [] state);
}
