package io.perennial.segments;

/** Why somebody entered or left a segment. */
public enum MoveCause {
    /** Something about the customer changed. */
    CHANGE,
    /** Nothing but time passed. */
    TIME,
    /** The rule was changed. */
    RULE,
    /** Staff changed the list. */
    LIST
}
