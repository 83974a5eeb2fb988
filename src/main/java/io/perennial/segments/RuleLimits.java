package io.perennial.segments;

/** How large a rule may be. */
public final class RuleLimits {

    /** Levels of groups below the root. */
    public static final int DEPTH = 5;

    /** Conditions of one rule. */
    public static final int CONDITIONS = 60;

    /** Conditions of a rule with those of the segments it refers to. */
    static final int CONDITIONS_WITH_SEGMENTS = 300;

    /** Segments that refer to each other in a row. */
    public static final int SEGMENTS_DEEP = 5;

    /** Values of one condition. */
    public static final int VALUES = 200;

    /** Comparisons of one condition on orders. */
    public static final int MEASURES = 6;

    /** Characters of one value. */
    public static final int TEXT = 200;

    /** Characters of a rule's document that somebody pastes. */
    public static final int DOCUMENT = 200_000;

    /** Days a window may reach back. */
    public static final int WINDOW_DAYS = 36_500;

    private RuleLimits() {}
}
