package io.perennial.segments;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A rule that picks customers: a tree of groups over conditions. Stored as a versioned JSON document. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Rule.Group.class, name = "group"),
    @JsonSubTypes.Type(value = Rule.Condition.class, name = "condition"),
    @JsonSubTypes.Type(value = Rule.Orders.class, name = "orders")
})
public sealed interface Rule {

    /** How the rules of a group combine. */
    enum Match {
        ALL,
        ANY,
        NONE
    }

    /** An empty ALL or NONE group picks everybody, an empty ANY group nobody. */
    record Group(Match match, List<Rule> rules) implements Rule {
        public Group {
            rules = List.copyOf(rules);
        }
    }

    /**
     * A field of the customer or of their summary, compared with values.
     *
     * @param field one of {@link Field}'s names, for instance {@code summary.churnRisk}
     * @param values as text: ISO dates, plain decimal numbers; how many depends on the operator
     */
    record Condition(Field field, Operator operator, List<String> values) implements Rule {
        public Condition {
            values = List.copyOf(values);
        }
    }

    /**
     * The customer's valid orders within a window, aggregated and compared.
     *
     * @param aggregate what of the orders: their count, summed value, largest value ...
     * @param value plain decimal
     * @param upTo the second bound of BETWEEN
     * @param window which orders
     * @param category only lines of this category, or of all
     * @param product only lines of this product (SKU or name), or of all
     */
    record Orders(
            Aggregate aggregate,
            Operator operator,
            String value,
            @Nullable String upTo,
            Window window,
            @Nullable String category,
            @Nullable String product)
            implements Rule {}

    /** What is computed over the orders of a window. */
    enum Aggregate {
        COUNT,
        VALUE,
        AVERAGE_VALUE,
        QUANTITY
    }

    /**
     * Which orders count.
     *
     * @param lastDays those of the last so many days (the tenant's calendar), or no bound
     * @param from first day, or no bound
     * @param until last day, inclusive, or no bound
     */
    record Window(
            @Nullable Integer lastDays,
            @Nullable String from,
            @Nullable String until) {
        public static Window ever() {
            return new Window(null, null, null);
        }

        public static Window lastDays(int days) {
            return new Window(days, null, null);
        }
    }

    /** The owner of this package adds fields; names in stored documents never change. */
    enum Field {
        FIRST_NAME,
        LAST_NAME,
        EMAIL,
        CITY,
        COUNTRY,
        LOCALE,
        GENDER,
        AGE,
        BIRTHDAY_IN_DAYS,
        TAG,
        CUSTOMER_SINCE_DAYS,
        CONSENT_TOPIC,
        SUPPRESSED,
        ORDERS,
        VALUE,
        DAYS_SINCE_FIRST_ORDER,
        DAYS_SINCE_LAST_ORDER,
        RFM_RECENCY,
        RFM_FREQUENCY,
        RFM_MONETARY,
        CHURN_RISK,
        CLV
    }

    enum Operator {
        IS,
        IS_NOT,
        CONTAINS,
        STARTS_WITH,
        IS_ANY_OF,
        IS_KNOWN,
        IS_UNKNOWN,
        AT_LEAST,
        AT_MOST,
        MORE_THAN,
        LESS_THAN,
        BETWEEN
    }
}
