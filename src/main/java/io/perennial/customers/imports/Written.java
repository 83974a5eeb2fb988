package io.perennial.customers.imports;

import io.perennial.customers.ImportCounts;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a chunk came to.
 *
 * @param rejects rows left out and why, in the order of the file as far as it is known
 * @param journal what it changed
 * @param state what {@link Chunk#replay} needs and the file does not tell, or nothing
 * @param settle to be run once the transaction is through
 */
record Written(
        ImportCounts counts, Map<RawRow, Problem> rejects, Journal journal, byte @Nullable [] state, Runnable settle) {}
