package io.perennial.segments;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A rule that picks customers: a tree of groups over conditions. Stored as a versioned JSON document, in which names
 * never change. Every condition is either true or false of a customer, never undecided: what holds when something is
 * unknown is said at {@link Operator} and {@link Aggregate}.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Rule.Group.class, name = "group"),
    @JsonSubTypes.Type(value = Rule.Condition.class, name = "condition"),
    @JsonSubTypes.Type(value = Rule.Orders.class, name = "orders")
})
public sealed interface Rule {

    /** The rule that picks every customer. */
    static Rule everybody() {
        return new Group(Match.ALL, List.of());
    }

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
     * @param values as text: plain decimal numbers, codes, words; how many depends on the operator
     */
    record Condition(Field field, Operator operator, List<String> values) implements Rule {
        public Condition {
            values = List.copyOf(values);
        }

        public static Condition of(Field field, Operator operator, String... values) {
            return new Condition(field, operator, List.of(values));
        }
    }

    /**
     * The customer's valid orders within a window, aggregated and compared. A valid order is paid, with a value above
     * zero. "No order in the last 30 days" is {@code COUNT AT_MOST 0} with {@link Window#lastDays(int)}.
     *
     * @param aggregate what of the orders: their count, summed value, average value, quantity
     * @param value plain decimal
     * @param upTo the second bound of BETWEEN, inclusive
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
            implements Rule {

        /** What orders can be compared by. */
        public static final Set<Operator> OPERATORS = FieldType.COMPARISONS;
    }

    /** What is computed over the orders of a window; without orders count, value and quantity are 0. */
    enum Aggregate {
        COUNT,
        /** In the tenant's currency, net of refunds. */
        VALUE,
        /** Per order, net of refunds. Without orders there is none, and no comparison with it holds. */
        AVERAGE_VALUE,
        QUANTITY
    }

    /**
     * Which orders count.
     *
     * @param lastDays those of the last so many days of the tenant's calendar, today included, or no bound
     * @param from first day (ISO date), or no bound
     * @param until last day (ISO date), inclusive, or no bound
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

        public static Window between(@Nullable String from, @Nullable String until) {
            return new Window(null, from, until);
        }
    }

    /** What of a customer can be asked; names in stored documents never change. */
    enum Field {
        FIRST_NAME(FieldType.TEXT),
        LAST_NAME(FieldType.TEXT),
        EMAIL(FieldType.TEXT),
        CITY(FieldType.TEXT),
        COUNTRY(FieldType.CHOICE),
        LOCALE(FieldType.CHOICE),
        GENDER(FieldType.CHOICE),
        /** In whole years, today in the tenant's calendar. */
        AGE(FieldType.NUMBER),
        /** Days until the next birthday; 0 is today. Who was born on 29 February celebrates on the 28th else. */
        BIRTHDAY_IN_DAYS(FieldType.NUMBER),
        TAG(FieldType.TAG),
        /** Days of the tenant's calendar since the customer was first known here. */
        CUSTOMER_SINCE_DAYS(FieldType.DAYS),
        /** The topics a customer agreed to be mailed about, by code. */
        CONSENT_TOPIC(FieldType.TOPIC),
        /** Whether the address is on the list of those never mailed. */
        SUPPRESSED(FieldType.YES_NO),
        /** Valid orders ever. */
        ORDERS(FieldType.COUNT),
        /** Of all valid orders, net of refunds, in the tenant's currency. */
        VALUE(FieldType.MONEY),
        DAYS_SINCE_FIRST_ORDER(FieldType.NUMBER),
        DAYS_SINCE_LAST_ORDER(FieldType.NUMBER),
        RFM_RECENCY(FieldType.SCORE),
        RFM_FREQUENCY(FieldType.SCORE),
        RFM_MONETARY(FieldType.SCORE),
        /** Predicted probability of no order in the next 90 days: 0.66 is 66 %. */
        CHURN_RISK(FieldType.SHARE),
        /** Predicted value of the next 365 days, in the tenant's currency. */
        CLV(FieldType.PREDICTED_MONEY);

        private final FieldType type;

        Field(FieldType type) {
            this.type = type;
        }

        public FieldType type() {
            return type;
        }
    }

    /**
     * How a field is compared. Where it is unknown, IS_NOT and IS_UNKNOWN hold and nothing else does. Text is compared
     * without regard to case and accents.
     */
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
        /** Both bounds included. */
        BETWEEN;

        /** How many values it takes at least. */
        public int leastValues() {
            return switch (this) {
                case IS_KNOWN, IS_UNKNOWN -> 0;
                case BETWEEN -> 2;
                default -> 1;
            };
        }

        /** How many values it takes at most. */
        public int mostValues() {
            return this == IS_ANY_OF ? 200 : leastValues();
        }
    }
}
