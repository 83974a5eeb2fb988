package io.perennial.segments;

import io.perennial.segments.Rule.Match;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of a rule and whether it holds of a customer.
 *
 * @param path its place in the rule: {@code /1/0}
 * @param words the condition as a sentence; empty for a group
 * @param value what the customer has there, in words; empty where that says no more than the condition
 * @param match how the parts of a group combine, or nothing for a condition
 */
public record WhyPart(
        String path,
        String words,
        String value,
        boolean holds,
        @Nullable Match match,
        List<WhyPart> parts) {

    public WhyPart {
        parts = List.copyOf(parts);
    }
}
