package io.perennial.customers.imports;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A kind of import: understands rows and gathers them into chunks, without the database and on the reading thread. What a
 * chunk does to the database is the chunk's own affair.
 */
interface Chunks {

    /** Cells of a chunk have at most about so many characters, so that monstrous rows make small chunks. */
    long HEAVY = 8_000_000;

    /**
     * Takes a row.
     *
     * @param mayEnd whether a chunk may end here; where an earlier run ended it elsewhere, it may not
     * @return a chunk that is full now, with this row or without it
     */
    @Nullable
    Chunk add(RawRow row, boolean mayEnd);

    /** A chunk of what was taken since the last one. */
    Chunk take();

    /** What is left to write once the file is at its end and all chunks are written; always in the same order. */
    List<Chunk> last();
}
