package io.perennial.customers;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A table whose rows are about single customers, and what becomes of a customer's rows when the customer is erased.
 *
 * @param name of the table; it has {@code tenant_id}
 * @param customer its column with the customer's id
 * @param fate of the rows
 * @param blanks for {@link Fate#BLANKED}: columns and the constant SQL they are set to
 * @param merging what becomes of the rows when the customer is merged into another; without it none can be merged
 * @param goesAlong whether the rows are deleted with a customer whose import is taken back; otherwise, unless they are
 *     worked out anew, they make that customer stay
 */
public record PersonalTable(
        String name,
        String customer,
        Fate fate,
        Map<String, String> blanks,
        @Nullable MergeRule merging,
        boolean goesAlong) {

    /** What becomes of rows. */
    public enum Fate {
        /** They are deleted. */
        DELETED,
        /** What tells who it was is overwritten; the rest stays for the business's figures. */
        BLANKED,
        /** They stay: nothing in them tells who it was once the customer's own row is blank. */
        KEPT
    }

    public PersonalTable {
        blanks = Map.copyOf(blanks);
    }

    public static PersonalTable deleted(String name) {
        return new PersonalTable(name, "customer_id", Fate.DELETED, Map.of(), null, false);
    }

    public static PersonalTable kept(String name) {
        return new PersonalTable(name, "customer_id", Fate.KEPT, Map.of(), null, false);
    }

    /** @param columnsAndValues columns, each followed by the constant SQL it is set to */
    public static PersonalTable blanked(String name, String... columnsAndValues) {
        Map<String, String> blanks = new LinkedHashMap<>();
        for (int i = 0; i < columnsAndValues.length; i += 2) {
            blanks.put(columnsAndValues[i], columnsAndValues[i + 1]);
        }
        return new PersonalTable(name, "customer_id", Fate.BLANKED, blanks, null, false);
    }

    /** The same with what becomes of rows when their customer is merged into another. */
    public PersonalTable merging(MergeRule rule) {
        return new PersonalTable(name, customer, fate, blanks, rule, goesAlong);
    }

    /** The same with rows that weigh nothing against taking back the import that made their customer. */
    public PersonalTable goingAlong() {
        return new PersonalTable(name, customer, fate, blanks, merging, true);
    }

    /** Whether rows make a customer stay whose import is taken back: something happened with them since. */
    boolean holds() {
        return !goesAlong && (merging == null || merging.way() != MergeRule.Way.RECOMPUTED);
    }
}
