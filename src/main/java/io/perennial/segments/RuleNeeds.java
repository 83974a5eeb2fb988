package io.perennial.segments;

import io.perennial.customers.ActivityKind;
import io.perennial.customers.CustomerAspect;
import io.perennial.segments.Rule.Activity;
import io.perennial.segments.Rule.Attribute;
import io.perennial.segments.Rule.Condition;
import io.perennial.segments.Rule.Consent;
import io.perennial.segments.Rule.Field;
import io.perennial.segments.Rule.Group;
import io.perennial.segments.Rule.Member;
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

    static RuleNeeds of(Rule rule, RuleScope scope) {
        return switch (rule) {
            case Group group ->
                group.rules().stream()
                        .map(part -> of(part, scope))
                        .reduce(on(CustomerAspect.EXISTENCE), RuleNeeds::and);
            case Condition condition -> of(condition.field());
            case Attribute attribute -> {
                boolean relative = attribute.operator().takesDays();
                RuleNeeds needs = on(CustomerAspect.ATTRIBUTES);
                yield relative ? needs.andTime() : needs;
            }
            case Consent consent -> on(CustomerAspect.CONSENT).in(consent.window());
            case Orders orders -> {
                boolean ofDays =
                        orders.measures().stream().anyMatch(m -> m.aggregate().type() == FieldType.DAYS);
                RuleNeeds needs = on(CustomerAspect.ORDERS).in(orders.window());
                yield ofDays ? needs.andTime() : needs;
            }
            case Activity activity -> of(activity, scope);
            case Member member ->
                scope.segment(member.segment())
                        .map(other -> other.isList() ? on(CustomerAspect.LISTS) : of(other.rule(), scope))
                        .orElse(on(CustomerAspect.EXISTENCE));
        };
    }

    private static RuleNeeds of(Activity activity, RuleScope scope) {
        CustomerAspect noted =
                scope.activity(activity.kind()).map(ActivityKind::noted).orElse(null);
        if (noted == null) {
            // Not each deed is noted, as the sending of mails must not wait for that: the day's pass finds it.
            return on(CustomerAspect.ENGAGEMENT).andTime();
        }
        RuleNeeds needs = on(noted).in(activity.window());
        return activity.measure().aggregate().type() == FieldType.DAYS ? needs.andTime() : needs;
    }

    private static RuleNeeds of(Field field) {
        return switch (field) {
            case FIRST_NAME, LAST_NAME -> on(CustomerAspect.NAME);
            case EMAIL -> on(CustomerAspect.EMAIL);
            case PHONE -> on(CustomerAspect.PHONE);
            case EXTERNAL_ID -> on(CustomerAspect.EXISTENCE);
            case CITY, COUNTRY -> on(CustomerAspect.PLACE);
            case LOCALE, ZONE -> on(CustomerAspect.LOCALE);
            case GENDER -> on(CustomerAspect.GENDER);
            case BIRTHDAY_MONTH -> on(CustomerAspect.BIRTHDAY);
            case AGE, BIRTHDAY, BIRTHDAY_IN_DAYS -> on(CustomerAspect.BIRTHDAY).andTime();
            case TAG -> on(CustomerAspect.TAGS);
            case CUSTOMER_SINCE_DAYS, CUSTOMER_SINCE ->
                on(CustomerAspect.EXISTENCE).andTime();
            case SUPPRESSED, SUPPRESSION_REASON ->
                new RuleNeeds(
                        Set.of(CustomerAspect.EXISTENCE, CustomerAspect.SUPPRESSION, CustomerAspect.EMAIL), false);
            case ORDERS, VALUE -> on(CustomerAspect.ORDERS);
            case DAYS_SINCE_FIRST_ORDER, DAYS_SINCE_LAST_ORDER, FIRST_ORDER_ON, LAST_ORDER_ON, LATE_BY_DAYS ->
                on(CustomerAspect.ORDERS).andTime();
            case RFM_RECENCY, RFM_FREQUENCY, RFM_MONETARY, RFM_NAME, CHURN_RISK, CLV -> on(CustomerAspect.SCORES);
        };
    }

    private static RuleNeeds on(CustomerAspect aspect) {
        return new RuleNeeds(EnumSet.of(CustomerAspect.EXISTENCE, aspect), false);
    }

    private RuleNeeds in(Window window) {
        return window instanceof Window.Ever || window instanceof Window.Dates ? this : andTime();
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
