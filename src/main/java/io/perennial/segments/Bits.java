package io.perennial.segments;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Customers as bits of words, combined so far. What is easier said the other way round stays negated until the end, so
 * that nobody needs the bits of everybody unless the whole rule is negative.
 *
 * @param sql names of leaves of {@link WordsSql}, combined
 * @param negated whether the bits are of those whom it does <em>not</em> hold of
 */
record Bits(String sql, boolean negated) {

    /** Of all customers. */
    private static final Bits EVERYBODY = new Bits("0", true);

    Bits not() {
        return new Bits(sql, !negated);
    }

    /** Those whom all parts hold of. */
    static Bits all(List<Bits> parts) {
        if (parts.isEmpty()) {
            return EVERYBODY;
        }
        List<Bits> held = parts.stream().filter(part -> !part.negated()).toList();
        List<Bits> excluded = parts.stream().filter(Bits::negated).toList();
        if (held.isEmpty()) {
            return new Bits(excluded.stream().map(Bits::sql).collect(Collectors.joining(" | ", "(", ")")), true);
        }
        return new Bits(
                Stream.concat(held.stream().map(Bits::sql), excluded.stream().map(part -> "~" + part.sql()))
                        .collect(Collectors.joining(" & ", "(", ")")),
                false);
    }

    /** Those whom one part holds of, or more. */
    static Bits any(List<Bits> parts) {
        return all(parts.stream().map(Bits::not).toList()).not();
    }
}
