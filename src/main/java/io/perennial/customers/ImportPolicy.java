package io.perennial.customers;

/**
 * What a file may change of customers that are known already.
 *
 * @param blanks what a blank cell does
 * @param upsert which rows count
 * @param identity what tells who a row is about, where it has both
 */
public record ImportPolicy(Blanks blanks, Upsert upsert, Identity identity) {

    /** Nothing is lost by it: blanks keep, rows add and update, the shop's own id says who somebody is. */
    public static final ImportPolicy STANDARD =
            new ImportPolicy(Blanks.KEEP, Upsert.ADD_AND_UPDATE, Identity.EXTERNAL_ID);

    /** What a blank cell of a column that is read does to the stored value. */
    public enum Blanks {
        KEEP,
        /** The stored value is deleted; ids, addresses, tags and consent stay all the same. */
        CLEAR
    }

    /** Which rows count; the others are skipped, and counted. */
    public enum Upsert {
        ADD_AND_UPDATE,
        ADD_ONLY,
        UPDATE_ONLY
    }

    /** What is looked up first; a row without it is looked up by the other. */
    public enum Identity {
        EXTERNAL_ID,
        EMAIL
    }
}
