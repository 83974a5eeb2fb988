package io.perennial.customers.imports;

import org.jspecify.annotations.Nullable;

/** Rows of a file that are written in one transaction. Chunks are written, or replayed, in the order of the file. */
interface Chunk {

    /** How many rows of the file it took. */
    long rows();

    /** Does its work, in the transaction around. May be called again if that failed, so it changes the database only. */
    Written write();

    /**
     * Brings back what later chunks have to know, where an earlier run wrote this chunk.
     *
     * @param state as it was in {@link Written#state()}
     */
    void replay(byte @Nullable [] state);
}
