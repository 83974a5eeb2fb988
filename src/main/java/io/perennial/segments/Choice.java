package io.perennial.segments;

/**
 * A value that a rule may ask for.
 *
 * @param value as the rule holds it
 * @param label as a person reads it
 */
public record Choice(String value, String label) {}
