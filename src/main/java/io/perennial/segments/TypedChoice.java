package io.perennial.segments;

import java.util.Optional;

/**
 * What a person typed where one of some values must be chosen. The rule keeps it, so that nothing typed is lost before it
 * is mended, and its check refuses it. In quotes it is never taken for one of the values, which are numbers and codes.
 */
public final class TypedChoice {

    private static final String QUOTE = "\"";

    private TypedChoice() {}

    /** As a rule holds it. */
    public static String of(String words) {
        return QUOTE + words + QUOTE;
    }

    /** What was typed; nothing where a value was chosen. */
    public static Optional<String> words(String value) {
        return value.length() >= 2 && value.startsWith(QUOTE) && value.endsWith(QUOTE)
                ? Optional.of(value.substring(1, value.length() - 1))
                : Optional.empty();
    }
}
