package io.perennial.segments;

import io.perennial.segments.Rule.Condition;
import io.perennial.segments.Rule.Field;
import io.perennial.segments.Rule.Group;
import java.math.BigDecimal;
import java.util.Set;
import java.util.stream.Collectors;

/** Which table a rule, or a part of one, is about. */
enum CountSource {
    /** Columns of {@code customer} alone. */
    CUSTOMER,
    /** Columns of {@code customer_summary} alone. */
    SUMMARY,
    /** A table of its own, or several. */
    OTHER,
    /** A group whose parts are about different ones. */
    SEVERAL;

    private static final String KEY = "PRIMARY";

    /**
     * Where a field of a customer is found.
     *
     * @param basis whether {@code count_basis} has it too
     * @param index one that covers the field alone; the key of its table where there is none
     */
    private record Home(CountSource table, boolean basis, String index) {}

    private static Home home(Field field) {
        return switch (field) {
            case FIRST_NAME, LAST_NAME, EMAIL, PHONE, EXTERNAL_ID, ZONE -> new Home(CUSTOMER, false, KEY);
            case COUNTRY, LOCALE, GENDER, AGE, BIRTHDAY, BIRTHDAY_MONTH, BIRTHDAY_IN_DAYS ->
                new Home(CUSTOMER, true, KEY);
            case CITY -> new Home(CUSTOMER, true, "ix_customer_city");
            case CUSTOMER_SINCE, CUSTOMER_SINCE_DAYS -> new Home(CUSTOMER, true, "ix_customer_created");
            case ORDERS -> new Home(SUMMARY, true, "ix_customer_summary_orders");
            case VALUE -> new Home(SUMMARY, true, "ix_customer_summary_value");
            case DAYS_SINCE_LAST_ORDER, LAST_ORDER_ON -> new Home(SUMMARY, true, "ix_customer_summary_last");
            case CHURN_RISK -> new Home(SUMMARY, true, "ix_customer_summary_risk");
            case DAYS_SINCE_FIRST_ORDER,
                    FIRST_ORDER_ON,
                    LATE_BY_DAYS,
                    RFM_NAME,
                    RFM_RECENCY,
                    RFM_FREQUENCY,
                    RFM_MONETARY,
                    CLV -> new Home(SUMMARY, true, KEY);
            case SUPPRESSED, SUPPRESSION_REASON -> new Home(OTHER, true, KEY);
            default -> new Home(OTHER, false, KEY);
        };
    }

    /** Whether {@code count_basis} has a field. */
    static boolean isInBasis(Field field) {
        return home(field).basis();
    }

    static CountSource of(Rule rule) {
        return switch (rule) {
            case Group group -> {
                Set<CountSource> parts =
                        group.rules().stream().map(CountSource::of).collect(Collectors.toSet());
                CountSource one = parts.size() == 1 ? parts.iterator().next() : SEVERAL;
                yield one == OTHER ? SEVERAL : one;
            }
            case Condition condition -> home(condition.field()).table();
            default -> OTHER;
        };
    }

    /**
     * The index in whose order a rule about one table is read: one that covers a single column, else all rows by their
     * key. Left to itself MySQL reads row after row by any index that begins with the tenant (15 times as slow).
     */
    static String index(Rule rule) {
        return rule instanceof Condition condition ? home(condition.field()).index() : KEY;
    }

    /** Whether a condition has an index of its own. */
    static boolean hasIndex(Condition condition) {
        return !home(condition.field()).index().equals(KEY);
    }

    /** Whether a rule about the summary holds of a customer who has none yet. */
    static boolean holdsWithoutSummary(Rule rule) {
        return switch (rule) {
            case Group group ->
                switch (group.match()) {
                    case ALL -> group.rules().stream().allMatch(CountSource::holdsWithoutSummary);
                    case ANY -> group.rules().stream().anyMatch(CountSource::holdsWithoutSummary);
                    case NONE -> group.rules().stream().noneMatch(CountSource::holdsWithoutSummary);
                };
            case Condition condition ->
                switch (condition.field()) {
                    case ORDERS, VALUE ->
                        Comparison.of(condition.operator(), condition.values()).holdsOf(BigDecimal.ZERO);
                    default -> condition.operator().holdsOfUnknown();
                };
            default -> throw new IllegalArgumentException("Not about the summary: " + rule);
        };
    }
}
