package io.perennial.segments;

import io.perennial.segments.Rule.Activity;
import io.perennial.segments.Rule.Aggregate;
import io.perennial.segments.Rule.Condition;
import io.perennial.segments.Rule.Field;
import io.perennial.segments.Rule.Group;
import io.perennial.segments.Rule.Match;
import io.perennial.segments.Rule.Measure;
import io.perennial.segments.Rule.Orders;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;

/**
 * Says in another way what a rule says, where that is the same and faster to count. Of orders the customer's summary knows
 * much, as it is kept in their transaction: "no order in the last 30 days" is in the day of the last one.
 */
final class KeptFigures {

    private static final Measure ANY = Measure.of(Aggregate.COUNT, Operator.AT_LEAST, "1");

    private KeptFigures() {}

    /** The same rule, read from summaries where it can be. */
    static Rule in(Rule rule, LocalDate today) {
        return switch (rule) {
            case Group group ->
                new Group(
                        group.match(),
                        group.rules().stream().map(part -> in(part, today)).toList());
            case Orders orders
            when isDayOfOne(orders.measures()) && orders.filter().isByLine() ->
                someAndNone(
                        orders.measures().getFirst(),
                        orders.window().days(today),
                        today,
                        days -> new Orders(List.of(ANY), window(days), orders.filter()));
            case Activity activity
            when isDayOfOne(List.of(activity.measure())) ->
                someAndNone(
                        activity.measure(),
                        activity.window().days(today),
                        today,
                        days -> new Activity(activity.kind(), ANY, window(days), activity.about(), activity.detail()));
            case Orders orders -> in(orders, today);
            default -> rule;
        };
    }

    private static boolean isDayOfOne(List<Measure> measures) {
        return measures.size() == 1 && measures.getFirst().aggregate().type() == FieldType.DAYS;
    }

    private static Window window(Window.Days days) {
        return Window.between(
                days.from() == null ? null : days.from().toString(),
                days.until() == null ? null : days.until().toString());
    }

    /**
     * Days since the last (or first) are whether there are any, and none since (or before): read as two sets of
     * customers, where the last of each would be looked for customer by customer (20 s for a million openings).
     */
    private static Rule someAndNone(
            Measure measure, Window.Days asked, LocalDate today, Function<Window.Days, Rule> some) {
        int first = Integer.parseInt(measure.values().getFirst());
        boolean last = measure.aggregate() == Aggregate.DAYS_SINCE_LAST;
        IntFunction<Rule> atLeast = days -> last
                ? allBut(some.apply(asked), some.apply(after(asked, today.minusDays(days - 1L))))
                : some.apply(before(asked, today.minusDays(days)));
        IntFunction<Rule> atMost = days -> last
                ? some.apply(after(asked, today.minusDays(days)))
                : allBut(some.apply(asked), some.apply(before(asked, today.minusDays(days + 1L))));
        IntFunction<Rule> exactly = days -> new Group(Match.ALL, List.of(atLeast.apply(days), atMost.apply(days)));
        return switch (measure.operator()) {
            case AT_LEAST -> atLeast.apply(first);
            case MORE_THAN -> atLeast.apply(first + 1);
            case AT_MOST -> atMost.apply(first);
            case LESS_THAN -> atMost.apply(first - 1);
            case IS -> exactly.apply(first);
            case IS_NOT -> allBut(some.apply(asked), exactly.apply(first));
            case BETWEEN ->
                new Group(
                        Match.ALL,
                        List.of(
                                atLeast.apply(first),
                                atMost.apply(Integer.parseInt(measure.values().get(1)))));
            default -> throw new IllegalStateException("Not a comparison of days: " + measure);
        };
    }

    private static Rule allBut(Rule these, Rule those) {
        return new Group(Match.ALL, List.of(these, new Group(Match.NONE, List.of(those))));
    }

    private static Window.Days after(Window.Days asked, LocalDate day) {
        return new Window.Days(asked.from() == null || day.isAfter(asked.from()) ? day : asked.from(), asked.until());
    }

    private static Window.Days before(Window.Days asked, LocalDate day) {
        return new Window.Days(
                asked.from(), asked.until() == null || day.isBefore(asked.until()) ? day : asked.until());
    }

    private static Rule in(Orders orders, LocalDate today) {
        Window.Days days = orders.window().days(today);
        if (orders.measures().size() > 1 || !orders.filter().equals(OrderFilter.none()) || days.until() != null) {
            return orders;
        }
        Measure measure = orders.measures().getFirst();
        if (days.from() == null) {
            return switch (measure.aggregate()) {
                case COUNT -> new Condition(Field.ORDERS, measure.operator(), measure.values());
                case VALUE -> new Condition(Field.VALUE, measure.operator(), measure.values());
                default -> orders;
            };
        }
        long since = ChronoUnit.DAYS.between(days.from(), today);
        if (measure.aggregate() != Aggregate.COUNT || since < 0) {
            return orders;
        }
        Condition any = Condition.of(Field.DAYS_SINCE_LAST_ORDER, Operator.AT_MOST, Long.toString(since));
        return switch (someOrNone(measure)) {
            case SOME -> any;
            case NONE -> new Group(Match.NONE, List.of(any));
            case NEITHER -> orders;
        };
    }

    enum Asked {
        SOME,
        NONE,
        NEITHER
    }

    /** Whether a figure only tells none from some. */
    static Asked someOrNone(Measure measure) {
        if (measure.aggregate() != Aggregate.COUNT) {
            return Asked.NEITHER;
        }
        Comparison comparison = Comparison.of(measure.operator(), measure.values());
        boolean ofNone = comparison.holdsOf(BigDecimal.ZERO);
        boolean ofOne = comparison.holdsOf(BigDecimal.ONE);
        boolean ofMany = comparison.holdsOf(BigDecimal.valueOf(Integer.MAX_VALUE));
        boolean ofTwo = comparison.holdsOf(BigDecimal.TWO);
        if (ofNone == ofOne || ofOne != ofTwo || ofTwo != ofMany || hasEdgeWithin(comparison)) {
            return Asked.NEITHER;
        }
        return ofNone ? Asked.NONE : Asked.SOME;
    }

    /** Whether the comparison changes its mind somewhere above two. */
    private static boolean hasEdgeWithin(Comparison comparison) {
        return comparison.value().compareTo(BigDecimal.ONE) > 0
                || (comparison.upTo() != null && comparison.upTo().compareTo(BigDecimal.ONE) > 0);
    }
}
