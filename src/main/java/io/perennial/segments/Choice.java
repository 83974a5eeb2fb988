package io.perennial.segments;

import org.jspecify.annotations.Nullable;

/**
 * A value that a rule may ask for.
 *
 * @param value as the rule holds it
 * @param label as a person reads it
 * @param count how many have it, counted up to a limit, or nothing where that was not counted
 */
public record Choice(String value, String label, @Nullable Long count) {

    /** From so many on, counts say "so many and more". */
    public static final int COUNTED = ChoiceQueries.COUNTED;

    public Choice(String value, String label) {
        this(value, label, null);
    }

    /** The same value is the same choice, whatever was counted. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Choice choice && choice.value.equals(value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }
}
