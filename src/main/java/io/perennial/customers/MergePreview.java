package io.perennial.customers;

import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * What a merge would do.
 *
 * @param moved rows that would become the survivor's, by table
 * @param staying rows that would stay under the merged one, because the survivor has one of the same, by table
 * @param withdrawn topics whose refusal by the merged one would replace the survivor's consent
 * @param suppressed why the survivor's address would be suppressed; nothing where it would not
 */
public record MergePreview(
        SortedMap<String, Long> moved,
        SortedMap<String, Long> staying,
        List<String> withdrawn,
        @Nullable SuppressionReason suppressed) {}
