package io.perennial.segments;

/** Which moves to list. */
public enum MoveFilter {
    ALL,
    ENTERED,
    LEFT
}
