package io.perennial.customers.imports;

import io.perennial.customers.ImportCounts;
import java.util.function.BiConsumer;

/** Gathers rows into chunks; each chunk is one transaction, done when it is full. */
interface Chunks {

    /** Takes a row; returns what was done if that filled a chunk. */
    ImportCounts add(RawRow row);

    /** Does what is left. */
    ImportCounts finish();

    /** Where rejected rows go. */
    interface Rejects extends BiConsumer<RawRow, Problem> {}
}
