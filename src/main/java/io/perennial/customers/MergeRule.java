package io.perennial.customers;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of the rows of a table when their customer is merged into another.
 *
 * @param way what happens
 * @param oneOf columns of which a customer has one row each at most (beside tenant and customer); empty with
 *     {@link Way#STRICTER}: one row at all
 * @param row columns that tell a row apart from the customer's others, so that it can be moved back
 * @param wins for {@link Way#STRICTER}: SQL over {@code m} (the merged one's row) and {@code s} (the survivor's), true
 *     where the merged one's is the stricter and replaces the survivor's
 */
public record MergeRule(
        Way way,
        List<String> oneOf,
        List<String> row,
        @Nullable String wins) {

    /** What happens to rows. */
    public enum Way {
        /** All become the survivor's. */
        MOVES,
        /** They become the survivor's, but for those of which the survivor has one: these stay with the merged one. */
        MOVES_UNLESS_THERE,
        /** As {@link #MOVES_UNLESS_THERE}, but where both have one, the stricter is the survivor's. */
        STRICTER,
        /** Nothing: they are worked out anew from what moved. */
        RECOMPUTED
    }

    /** @param row columns that tell rows apart */
    public static MergeRule moves(String... row) {
        return new MergeRule(Way.MOVES, List.of(), List.of(row), null);
    }

    /**
     * @param oneOf the column of which a customer has one row each
     * @param row columns that tell rows apart
     */
    public static MergeRule movesUnlessThere(String oneOf, String... row) {
        return new MergeRule(Way.MOVES_UNLESS_THERE, List.of(oneOf), List.of(row), null);
    }

    /** @param oneOf the column of which a customer has one row each; none: one row at all */
    public static MergeRule stricter(String wins, String... oneOf) {
        return new MergeRule(Way.STRICTER, List.of(oneOf), List.of(oneOf), wins);
    }

    public static MergeRule recomputed() {
        return new MergeRule(Way.RECOMPUTED, List.of(), List.of(), null);
    }
}
