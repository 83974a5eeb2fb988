package io.perennial.segments;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.Set;

/**
 * A rule that picks customers: a tree of groups over conditions. Stored as a versioned JSON document (see {@link
 * RuleDocument} and the schema beside it), in which names never change. Every condition is either true or false of a
 * customer, never undecided: what holds when something is unknown is said at {@link Operator} and {@link Aggregate}.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Rule.Group.class, name = "group"),
    @JsonSubTypes.Type(value = Rule.Condition.class, name = "condition"),
    @JsonSubTypes.Type(value = Rule.Attribute.class, name = "attribute"),
    @JsonSubTypes.Type(value = Rule.Consent.class, name = "consent"),
    @JsonSubTypes.Type(value = Rule.Orders.class, name = "orders"),
    @JsonSubTypes.Type(value = Rule.Activity.class, name = "activity"),
    @JsonSubTypes.Type(value = Rule.Member.class, name = "segment")
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
     * @param values as text: plain decimal numbers, ISO dates, codes, words; how many depends on the operator
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
     * Something the business itself keeps about its customers, compared with values.
     *
     * @param key of the attribute
     * @param values as text: plain decimal numbers, ISO dates, words, true or false, numbers of choices
     */
    record Attribute(String key, Operator operator, List<String> values) implements Rule {
        public Attribute {
            values = List.copyOf(values);
        }
    }

    /**
     * How things stand with the customer's consent to topics.
     *
     * @param topics codes, at least one
     * @param window since when it stands so; only for {@link ConsentIs#GRANTED} and {@link ConsentIs#WITHDRAWN}
     */
    record Consent(List<String> topics, ConsentIs status, Window window) implements Rule {
        public Consent {
            topics = List.copyOf(topics);
        }
    }

    /** What is asked of consent to some topics. */
    enum ConsentIs {
        /** One of them is agreed to. */
        GRANTED,
        /** One of them was agreed to no longer. */
        WITHDRAWN,
        /** None of them is agreed to. */
        NOT_GRANTED,
        /** Nobody ever asked about any of them. */
        NEVER_ASKED;

        /** Whether it can be asked since when it stands so. */
        public boolean hasTime() {
            return this == GRANTED || this == WITHDRAWN;
        }
    }

    /**
     * The customer's orders within a window that pass a filter, aggregated. All the measures must hold, each of the same
     * orders and lines: "bought Coffee at least twice in 60 days, spending over 50 on it". "No order in the last 30
     * days" is {@code COUNT AT_MOST 0} with {@link Window#lastDays(int)}.
     *
     * @param measures at least one
     */
    record Orders(List<Measure> measures, Window window, OrderFilter filter) implements Rule {
        public Orders {
            measures = List.copyOf(measures);
        }

        public static Orders of(Aggregate aggregate, Operator operator, String value, Window window) {
            return new Orders(List.of(Measure.of(aggregate, operator, value)), window, OrderFilter.none());
        }

        public Orders only(OrderFilter wanted) {
            return new Orders(measures, window, wanted);
        }
    }

    /** A figure over some orders or deeds, compared with numbers. */
    record Measure(Aggregate aggregate, Operator operator, List<String> values) {

        /** What figures can be compared by. */
        public static final Set<Operator> OPERATORS = FieldType.COMPARISONS;

        public Measure {
            values = List.copyOf(values);
        }

        public static Measure of(Aggregate aggregate, Operator operator, String... values) {
            return new Measure(aggregate, operator, List.of(values));
        }
    }

    /** What is computed; without any order or deed, counts, values and quantities are 0. */
    enum Aggregate {
        COUNT(FieldType.COUNT),
        /** In the tenant's currency, net of refunds. */
        VALUE(FieldType.MONEY),
        /** Per order, net of refunds. Without orders there is none, and no comparison with it holds. */
        AVERAGE_VALUE(FieldType.MONEY),
        QUANTITY(FieldType.QUANTITY),
        /** How many different products, by name. */
        PRODUCTS(FieldType.COUNT),
        /** Days of the tenant's calendar. Without any there is none, and no comparison with it holds. */
        DAYS_SINCE_FIRST(FieldType.DAYS),
        /** Days of the tenant's calendar. Without any there is none, and no comparison with it holds. */
        DAYS_SINCE_LAST(FieldType.DAYS);

        private final FieldType type;

        Aggregate(FieldType type) {
            this.type = type;
        }

        public FieldType type() {
            return type;
        }

        /** Whether it is 0 where there is nothing to compute it from; otherwise it does not exist then. */
        public boolean isZeroWithout() {
            return this == COUNT || this == VALUE || this == QUANTITY || this == PRODUCTS;
        }

        /** Whether it can be asked of deeds too, which have no value and no products. */
        public boolean fitsActivities() {
            return this == COUNT || this == DAYS_SINCE_FIRST || this == DAYS_SINCE_LAST;
        }
    }

    /**
     * What customers did, or what was done for them, of which a feature keeps each time: mails sent, opened, clicked,
     * vouchers redeemed.
     *
     * @param kind the name of an {@link io.perennial.customers.ActivityKind}
     * @param about only those about one of these (mailings, promotions), by id; empty: all
     * @param detail only those of one of these (links), by id; empty: all
     */
    record Activity(String kind, Measure measure, Window window, List<String> about, List<String> detail)
            implements Rule {
        public Activity {
            about = List.copyOf(about);
            detail = List.copyOf(detail);
        }
    }

    /**
     * Whether the customer is in another segment.
     *
     * @param segment its id
     */
    record Member(SegmentId segment, boolean in) implements Rule {}

    /** What of a customer can be asked; names in stored documents never change. */
    enum Field {
        FIRST_NAME(FieldType.TEXT),
        LAST_NAME(FieldType.TEXT),
        EMAIL(FieldType.TEXT),
        PHONE(FieldType.TEXT),
        EXTERNAL_ID(FieldType.TEXT),
        CITY(FieldType.TEXT),
        COUNTRY(FieldType.CHOICE),
        LOCALE(FieldType.CHOICE),
        ZONE(FieldType.CHOICE),
        GENDER(FieldType.CHOICE),
        /** In whole years, today in the tenant's calendar. */
        AGE(FieldType.NUMBER),
        BIRTHDAY(FieldType.DATE),
        /** Of the birthday: 1 to 12. */
        BIRTHDAY_MONTH(FieldType.MONTH),
        /** Days until the next birthday; 0 is today. Who was born on 29 February celebrates on the 28th else. */
        BIRTHDAY_IN_DAYS(FieldType.NUMBER),
        TAG(FieldType.TAG),
        /** Days of the tenant's calendar since the customer was first known here. */
        CUSTOMER_SINCE_DAYS(FieldType.DAYS),
        /** The day, in the tenant's calendar, on which the customer was first known here. */
        CUSTOMER_SINCE(FieldType.PAST_DATE),
        /** Whether the address is on the list of those never mailed. */
        SUPPRESSED(FieldType.YES_NO),
        /** Why it is there. */
        SUPPRESSION_REASON(FieldType.REASON),
        /** Valid orders ever. */
        ORDERS(FieldType.COUNT),
        /** Of all valid orders, net of refunds, in the tenant's currency. */
        VALUE(FieldType.MONEY),
        DAYS_SINCE_FIRST_ORDER(FieldType.NUMBER),
        DAYS_SINCE_LAST_ORDER(FieldType.NUMBER),
        FIRST_ORDER_ON(FieldType.PAST_DATE),
        LAST_ORDER_ON(FieldType.PAST_DATE),
        /**
         * How many days longer than the mean time between their purchase days a customer has been silent, this morning;
         * negative while they are not due. Unknown of those who bought on one day only.
         */
        LATE_BY_DAYS(FieldType.LATENESS),
        RFM_RECENCY(FieldType.SCORE),
        RFM_FREQUENCY(FieldType.SCORE),
        RFM_MONETARY(FieldType.SCORE),
        /** The name of the customer's place in the grid of recency and frequency. */
        RFM_NAME(FieldType.RFM_NAME),
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
}
