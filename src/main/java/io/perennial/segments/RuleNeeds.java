package io.perennial.segments;

import io.perennial.customers.CustomerAspect;
import io.perennial.segments.Rule.Condition;
import io.perennial.segments.Rule.Field;
import io.perennial.segments.Rule.Group;
import io.perennial.segments.Rule.Orders;
import java.util.EnumSet;
import java.util.Set;

/**
 * What can turn a rule: changes in some aspects of a customer, and the passing of days. An order does not concern a rule
 * about the city.
 *
 * @param aspects always with {@link CustomerAspect#EXISTENCE}
 * @param ofTime whether it may turn by a new day alone
 */
record RuleNeeds(Set<CustomerAspect> aspects, boolean ofTime) {

    RuleNeeds {
        aspects = Set.copyOf(aspects);
    }

    static RuleNeeds of(Rule rule) {
        return switch (rule) {
            case Group group ->
                group.rules().stream().map(RuleNeeds::of).reduce(on(CustomerAspect.EXISTENCE), RuleNeeds::and);
            case Condition condition -> of(condition.field());
            case Orders orders ->
                new RuleNeeds(
                        Set.of(CustomerAspect.EXISTENCE, CustomerAspect.ORDERS),
                        orders.window().lastDays() != null);
        };
    }

    private static RuleNeeds of(Field field) {
        return switch (field) {
            case FIRST_NAME, LAST_NAME -> on(CustomerAspect.NAME);
            case EMAIL -> on(CustomerAspect.EMAIL);
            case CITY, COUNTRY -> on(CustomerAspect.PLACE);
            case LOCALE -> on(CustomerAspect.LOCALE);
            case GENDER -> on(CustomerAspect.GENDER);
            case AGE, BIRTHDAY_IN_DAYS -> on(CustomerAspect.BIRTHDAY).andTime();
            case TAG -> on(CustomerAspect.TAGS);
            case CUSTOMER_SINCE_DAYS -> on(CustomerAspect.EXISTENCE).andTime();
            case CONSENT_TOPIC -> on(CustomerAspect.CONSENT);
            case SUPPRESSED ->
                new RuleNeeds(
                        Set.of(CustomerAspect.EXISTENCE, CustomerAspect.SUPPRESSION, CustomerAspect.EMAIL), false);
            case ORDERS, VALUE -> on(CustomerAspect.ORDERS);
            case DAYS_SINCE_FIRST_ORDER, DAYS_SINCE_LAST_ORDER ->
                on(CustomerAspect.ORDERS).andTime();
            case RFM_RECENCY, RFM_FREQUENCY, RFM_MONETARY, CHURN_RISK, CLV -> on(CustomerAspect.SCORES);
        };
    }

    private static RuleNeeds on(CustomerAspect aspect) {
        return new RuleNeeds(EnumSet.of(CustomerAspect.EXISTENCE, aspect), false);
    }

    private RuleNeeds andTime() {
        return new RuleNeeds(aspects, true);
    }

    private RuleNeeds and(RuleNeeds other) {
        EnumSet<CustomerAspect> both = EnumSet.copyOf(aspects);
        both.addAll(other.aspects);
        return new RuleNeeds(both, ofTime || other.ofTime);
    }

    /** Whether a change of these aspects can turn it. */
    boolean concern(long bits) {
        return (CustomerAspect.bits(aspects) & bits) != 0;
    }
}
