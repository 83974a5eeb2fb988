package io.perennial.segments;

import java.util.Set;

/**
 * How a field, or a figure of a rule, is compared with values; names in stored documents never change. Where it is unknown, IS_NOT, IS_NONE_OF, CONTAINS_NOT and IS_UNKNOWN hold and nothing else
 * does. Text is compared without regard to case and accents.
 */
public enum Operator {
    IS,
    IS_NOT,
    CONTAINS,
    CONTAINS_NOT,
    STARTS_WITH,
    ENDS_WITH,
    IS_ANY_OF,
    IS_NONE_OF,
    IS_ALL_OF,
    IS_KNOWN,
    IS_UNKNOWN,
    AT_LEAST,
    AT_MOST,
    MORE_THAN,
    LESS_THAN,
    /** Both bounds included. */
    BETWEEN,
    /** Of days: earlier than that day. */
    BEFORE,
    /** Of days: later than that day. */
    AFTER,
    /** Of days: today or on one of the so many days up to it. */
    IN_LAST_DAYS,
    /** Of days: earlier than that. */
    BEFORE_LAST_DAYS,
    /** Of days: today or on one of the so many days from it. */
    IN_NEXT_DAYS,
    /** Of days: as IN_NEXT_DAYS, in whatever year. 29 February counts as the 28th in a year that has none. */
    YEARLY_IN_NEXT_DAYS;

    private static final Set<Operator> SEVERAL = Set.of(IS_ANY_OF, IS_NONE_OF, IS_ALL_OF);

    /** How many values it takes at least. */
    public int leastValues() {
        return switch (this) {
            case IS_KNOWN, IS_UNKNOWN -> 0;
            case BETWEEN -> 2;
            default -> 1;
        };
    }

    /** How many values it takes at most. */
    public int mostValues() {
        return SEVERAL.contains(this) ? RuleLimits.VALUES : leastValues();
    }

    /** Whether it takes a list of values. */
    public boolean takesSeveral() {
        return SEVERAL.contains(this);
    }

    /** Whether it holds where the field is unknown. */
    public boolean holdsOfUnknown() {
        return this == IS_NOT || this == IS_NONE_OF || this == CONTAINS_NOT || this == IS_UNKNOWN;
    }

    /** Whether its value is a number of days, where it is asked of a day. */
    public boolean takesDays() {
        return this == IN_LAST_DAYS || this == BEFORE_LAST_DAYS || this == IN_NEXT_DAYS || this == YEARLY_IN_NEXT_DAYS;
    }
}
