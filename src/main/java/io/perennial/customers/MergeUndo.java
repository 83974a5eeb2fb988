package io.perennial.customers;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All that is needed to take a merge back. Stored as JSON; what earlier versions did not write is empty.
 *
 * @param survivorBefore and the next two: rows of {@code customer}, column by column
 * @param moved rows that became the survivor's: by table, the columns that tell them apart
 * @param replaced rows of the survivor's that a stricter one replaced
 * @param followers customers merged into the merged one before, who follow it to the survivor
 * @param suppression what was done to the suppression list, if anything
 * @param taken attributes of which the two changed places
 * @param pairs rows of {@code duplicate_pair} in which the merged one was said to be somebody else
 */
record MergeUndo(
        Map<String, @Nullable String> survivorBefore,
        Map<String, @Nullable String> survivorAfter,
        Map<String, @Nullable String> mergedBefore,
        TreeMap<String, List<List<String>>> moved,
        List<Replaced> replaced,
        List<Long> followers,
        MergedSuppression.@Nullable Done suppression,
        List<Taken> taken,
        List<Map<String, @Nullable String>> pairs) {

    MergeUndo {
        taken = Objects.requireNonNullElse(taken, List.of());
        pairs = Objects.requireNonNullElse(pairs, List.of());
    }

    /** Of a merge too old to be taken back. */
    static MergeUndo nothing() {
        return new MergeUndo(
                Map.of(), Map.of(), Map.of(), new TreeMap<>(), List.of(), List.of(), null, List.of(), List.of());
    }

    /** A row as it was and as it became. */
    record Replaced(String table, Map<String, @Nullable String> before, Map<String, @Nullable String> after) {}

    /**
     * An attribute of which the survivor got the merged one's value, and the merged one the survivor's.
     *
     * @param before the survivor's value, as the database writes it; several of an attribute with several choices
     * @param after the merged one's
     */
    record Taken(long attribute, List<String> before, List<String> after) {}
}
