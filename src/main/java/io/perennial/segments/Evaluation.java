package io.perennial.segments;

import java.util.List;

/**
 * Whether a rule, or a part of it, holds of one customer, and why.
 *
 * @param path of the part: the positions of the nested rules from the root, {@code /1/0}; {@code /} is the root
 * @param sentence the part in words
 * @param value what the customer has there, in words; empty for groups
 * @param holds whether it is fulfilled
 * @param parts of a group, or of the segment that a part refers to
 */
public record Evaluation(String path, String sentence, String value, boolean holds, List<Evaluation> parts) {
    public Evaluation {
        parts = List.copyOf(parts);
    }
}
