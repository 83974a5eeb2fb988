package io.perennial.segments;

import io.perennial.segments.Rule.Condition;
import io.perennial.segments.Rule.Field;
import io.perennial.segments.Rule.Group;
import java.math.BigDecimal;
import java.util.EnumSet;
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

    private static final Set<Field> OF_SUMMARY = EnumSet.of(
            Field.ORDERS,
            Field.VALUE,
            Field.DAYS_SINCE_FIRST_ORDER,
            Field.DAYS_SINCE_LAST_ORDER,
            Field.FIRST_ORDER_ON,
            Field.LAST_ORDER_ON,
            Field.LATE_BY_DAYS,
            Field.RFM_NAME,
            Field.RFM_RECENCY,
            Field.RFM_FREQUENCY,
            Field.RFM_MONETARY,
            Field.CHURN_RISK,
            Field.CLV);
    private static final Set<Field> OF_CUSTOMER = EnumSet.of(
            Field.FIRST_NAME,
            Field.LAST_NAME,
            Field.EMAIL,
            Field.PHONE,
            Field.EXTERNAL_ID,
            Field.ZONE,
            Field.CITY,
            Field.COUNTRY,
            Field.LOCALE,
            Field.GENDER,
            Field.AGE,
            Field.BIRTHDAY,
            Field.BIRTHDAY_MONTH,
            Field.BIRTHDAY_IN_DAYS,
            Field.CUSTOMER_SINCE,
            Field.CUSTOMER_SINCE_DAYS);

    static CountSource of(Rule rule) {
        return switch (rule) {
            case Group group -> {
                Set<CountSource> parts =
                        group.rules().stream().map(CountSource::of).collect(Collectors.toSet());
                CountSource one = parts.size() == 1 ? parts.iterator().next() : SEVERAL;
                yield one == OTHER ? SEVERAL : one;
            }
            case Condition condition when OF_CUSTOMER.contains(condition.field()) -> CUSTOMER;
            case Condition condition when OF_SUMMARY.contains(condition.field()) -> SUMMARY;
            default -> OTHER;
        };
    }

    /**
     * The index in whose order a rule about one table is read: one that covers a single column, else all rows by their
     * key. Left to itself MySQL reads row after row by any index that begins with the tenant (15 times as slow).
     */
    static String index(Rule rule) {
        if (rule instanceof Condition condition) {
            return switch (condition.field()) {
                case CITY -> "ix_customer_city";
                case CUSTOMER_SINCE_DAYS, CUSTOMER_SINCE -> "ix_customer_created";
                case ORDERS -> "ix_customer_summary_orders";
                case VALUE -> "ix_customer_summary_value";
                case DAYS_SINCE_LAST_ORDER, LAST_ORDER_ON -> "ix_customer_summary_last";
                case CHURN_RISK -> "ix_customer_summary_risk";
                default -> "PRIMARY";
            };
        }
        return "PRIMARY";
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
