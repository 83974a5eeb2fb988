package io.perennial.customers;

import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Set;

/** What of a customer can change. Order and names may grow, never move: their places are stored for a while. */
public enum CustomerAspect {
    /** The customer is new, or gone: erased, merged, their import undone. */
    EXISTENCE,
    NAME,
    EMAIL,
    PHONE,
    /** City and country. */
    PLACE,
    /** Language and time zone. */
    LOCALE,
    GENDER,
    BIRTHDAY,
    /** What the business itself defined. */
    ATTRIBUTES,
    TAGS,
    CONSENT,
    SUPPRESSION,
    /** Orders, their lines, and what is summed up from them. */
    ORDERS,
    /** RFM, churn risk, predicted value. */
    SCORES,
    /** Mails sent, opened and clicked. */
    ENGAGEMENT,
    /** Points, tiers, punch cards. */
    LOYALTY,
    /** Answers to surveys, and complaints. */
    FEEDBACK,
    /** Being on a list that staff keep by hand. */
    LISTS,
    /** Vouchers given, redeemed and let lapse. */
    VOUCHERS;

    /** All that stands in the customer's own row. */
    public static final Set<CustomerAspect> PROFILE =
            Set.copyOf(EnumSet.of(NAME, EMAIL, PHONE, PLACE, LOCALE, GENDER, BIRTHDAY));

    /** The set as bits. */
    public static long bits(Collection<CustomerAspect> aspects) {
        return aspects.stream().mapToLong(a -> 1L << a.ordinal()).reduce(0, (a, b) -> a | b);
    }

    /** The set that bits stand for. */
    public static Set<CustomerAspect> of(long bits) {
        EnumSet<CustomerAspect> found = EnumSet.noneOf(CustomerAspect.class);
        Arrays.stream(values()).filter(a -> (bits & 1L << a.ordinal()) != 0).forEach(found::add);
        return found;
    }
}
