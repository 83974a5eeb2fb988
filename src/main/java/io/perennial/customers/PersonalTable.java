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
 * @param foundBy a table whose rows are found by their customer, where these have no index for it
 * @param goesAlong whether the rows are deleted with a customer whose import is taken back; otherwise, unless they are
 *     worked out anew, they make that customer stay
 */
public record PersonalTable(
        String name,
        String customer,
        Fate fate,
        Map<String, String> blanks,
        @Nullable MergeRule merging,
        @Nullable FoundBy foundBy,
        boolean goesAlong) {

    /** Rows belong to rows of another table, of the same customer: {@code column} here is {@code key} there. */
    public record FoundBy(String column, String table, String key) {}

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
        return new PersonalTable(name, "customer_id", Fate.DELETED, Map.of(), null, null, false);
    }

    public static PersonalTable kept(String name) {
        return new PersonalTable(name, "customer_id", Fate.KEPT, Map.of(), null, null, false);
    }

    /** @param columnsAndValues columns, each followed by the constant SQL it is set to */
    public static PersonalTable blanked(String name, String... columnsAndValues) {
        Map<String, String> blanks = new LinkedHashMap<>();
        for (int i = 0; i < columnsAndValues.length; i += 2) {
            blanks.put(columnsAndValues[i], columnsAndValues[i + 1]);
        }
        return new PersonalTable(name, "customer_id", Fate.BLANKED, blanks, null, null, false);
    }

    /** The same with what becomes of rows when their customer is merged into another. */
    public PersonalTable merging(MergeRule rule) {
        return new PersonalTable(name, customer, fate, blanks, rule, foundBy, goesAlong);
    }

    /**
     * The same with rows that are looked for by those of another table.
     *
     * @param column here, which is {@code key} there
     */
    PersonalTable foundBy(String column, String table, String key) {
        return new PersonalTable(name, customer, fate, blanks, merging, new FoundBy(column, table, key), goesAlong);
    }

    /** SQL that is true of a customer's rows, of the table under this name; its parameters are tenant and customer. */
    String isOf(String as) {
        String own = as + ".tenant_id = ? AND " + as + "." + customer + " = ?";
        return foundBy == null
                ? own
                : own + " AND " + as + "." + foundBy.column() + " IN (SELECT f." + foundBy.key() + " FROM "
                        + foundBy.table() + " f WHERE f.tenant_id = " + as + ".tenant_id AND f.customer_id = " + as
                        + "." + customer + ")";
    }

    /** The same with rows that weigh nothing against taking back the import that made their customer. */
    public PersonalTable goingAlong() {
        return new PersonalTable(name, customer, fate, blanks, merging, foundBy, true);
    }

    /** Whether rows make a customer stay whose import is taken back: something happened with them since. */
    boolean holds() {
        return !goesAlong && (merging == null || merging.way() != MergeRule.Way.RECOMPUTED);
    }
}
