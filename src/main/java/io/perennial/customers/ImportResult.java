package io.perennial.customers;

import java.util.List;

/**
 * How an import ended.
 *
 * @param firstRejected the first few rows left out
 */
public record ImportResult(ImportCounts counts, List<RejectedRow> firstRejected) {

    public ImportResult {
        firstRejected = List.copyOf(firstRejected);
    }
}
