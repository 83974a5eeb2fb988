package io.perennial.customers;

import java.util.List;
import java.util.Map;

/**
 * What a feature keeps about single customers. Each feature with such a table has a bean of this type: erasure and the
 * export of one person's data go through all of them. Called within the current tenant.
 */
public interface PersonalData {

    /** What an address in a ledger that outlives its customer becomes; deliverable nowhere (RFC 2606). */
    String NOBODY = "erased@invalid";

    /** The tables with a column for the customer. */
    List<PersonalTable> tables();

    /** A row of one of those tables as it goes into the copy of a person's data: with words where it has numbers of ours. */
    default Map<String, Object> told(String table, Map<String, Object> row) {
        return row;
    }

    /**
     * Takes people out of texts that are about others too. Joins the caller's transaction; repeating it is harmless.
     *
     * @param people at most a thousand
     * @param rows is told how many rows of whom were changed
     */
    default void eraseTraces(List<Person> people, ErasedRows rows) {}
}
