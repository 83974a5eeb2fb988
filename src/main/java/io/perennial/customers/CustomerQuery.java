package io.perennial.customers;

import org.jspecify.annotations.Nullable;

/**
 * Which customers to list, and in which order.
 *
 * @param text the beginning of a name or an e-mail address, two names, or a whole external id
 * @param hasOrdered only those with (or without) a valid order; nothing for both
 * @param mailable only those who can (or cannot) be mailed about the default topic; nothing for both
 * @param orderedWithinDays only those whose last order is at most so many days ago
 * @param silentForDays only those whose last order is longer ago than so many days
 */
public record CustomerQuery(
        @Nullable String text,
        @Nullable Boolean hasOrdered,
        @Nullable Boolean mailable,
        @Nullable String city,
        @Nullable String tag,
        @Nullable Integer orderedWithinDays,
        @Nullable Integer silentForDays,
        Sort sort,
        boolean descending) {

    /** By what a list of customers can be sorted. */
    public enum Sort {
        NAME,
        LAST_ORDER,
        VALUE
    }

    /** Everybody, those who ordered last first. */
    public static final CustomerQuery ALL =
            new CustomerQuery(null, null, null, null, null, null, null, Sort.LAST_ORDER, true);

    /** Those with a tag. */
    public static CustomerQuery tagged(String tag) {
        return new CustomerQuery(null, null, null, null, tag, null, null, Sort.LAST_ORDER, true);
    }

    public CustomerQuery sortedBy(Sort other, boolean otherDescending) {
        return new CustomerQuery(
                text, hasOrdered, mailable, city, tag, orderedWithinDays, silentForDays, other, otherDescending);
    }

    /** Whether every customer is meant. */
    public boolean isUnfiltered() {
        return text == null
                && hasOrdered == null
                && mailable == null
                && city == null
                && tag == null
                && orderedWithinDays == null
                && silentForDays == null;
    }
}
