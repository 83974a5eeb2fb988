package io.perennial.customers;

import java.util.Objects;

/**
 * What a file may change of customers and orders that are known already.
 *
 * @param blanks what a blank cell does
 * @param upsert which rows count
 * @param identity what tells who a row is about, where it has both
 * @param unknownChoices what becomes of a choice that an attribute does not have
 * @param knownOrders what becomes of an order with a number that is known already
 */
public record ImportPolicy(
        Blanks blanks, Upsert upsert, Identity identity, UnknownChoices unknownChoices, KnownOrders knownOrders) {

    /** Nothing is lost by it: blanks keep, rows add and update, the shop's own id says who somebody is. */
    public static final ImportPolicy STANDARD =
            new ImportPolicy(Blanks.KEEP, Upsert.ADD_AND_UPDATE, Identity.EXTERNAL_ID);

    /** What earlier versions kept with a job or a mapping says nothing of the last two. */
    public ImportPolicy {
        unknownChoices = Objects.requireNonNullElse(unknownChoices, UnknownChoices.REJECT);
        knownOrders = Objects.requireNonNullElse(knownOrders, KnownOrders.REPLACE);
    }

    public ImportPolicy(Blanks blanks, Upsert upsert, Identity identity) {
        this(blanks, upsert, identity, UnknownChoices.REJECT, KnownOrders.REPLACE);
    }

    public ImportPolicy with(UnknownChoices other) {
        return new ImportPolicy(blanks, upsert, identity, other, knownOrders);
    }

    public ImportPolicy with(KnownOrders other) {
        return new ImportPolicy(blanks, upsert, identity, unknownChoices, other);
    }

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

    /** What becomes of a row whose choice the attribute does not have. Nobody gets an archived one in any case. */
    public enum UnknownChoices {
        REJECT,
        /** It becomes one more choice, for which the person has to be allowed to change settings. */
        ADD
    }

    /** What becomes of an order in the file whose number an order already has. */
    public enum KnownOrders {
        /** It is replaced, with its lines where the file has some; one that is already so counts as unchanged. */
        REPLACE,
        /** It stays, and the file's rows are passed over and counted. */
        SKIP,
        /** It stays, and the file's rows are left out with that reason. */
        REJECT
    }
}
