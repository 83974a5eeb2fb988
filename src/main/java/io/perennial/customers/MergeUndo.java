package io.perennial.customers;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All that is needed to take a merge back. Stored as JSON.
 *
 * @param survivorBefore and the next two: rows of {@code customer}, column by column
 * @param moved rows that became the survivor's: by table, the columns that tell them apart
 * @param replaced rows of the survivor's that a stricter one replaced
 * @param followers customers merged into the merged one before, who follow it to the survivor
 * @param suppressedEmail the survivor's address, where the merge suppressed it
 * @param suppressionBefore what stood there before, if anything
 */
record MergeUndo(
        Map<String, @Nullable String> survivorBefore,
        Map<String, @Nullable String> survivorAfter,
        Map<String, @Nullable String> mergedBefore,
        TreeMap<String, List<List<String>>> moved,
        List<Replaced> replaced,
        List<Long> followers,
        @Nullable String suppressedEmail,
        @Nullable String suppressionBefore) {

    /** A row as it was and as it became. */
    record Replaced(String table, Map<String, @Nullable String> before, Map<String, @Nullable String> after) {}
}
