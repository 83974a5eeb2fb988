package io.perennial.segments;

import io.perennial.segments.Rule.Aggregate;
import io.perennial.segments.Rule.Condition;
import io.perennial.segments.Rule.Field;
import io.perennial.segments.Rule.Group;
import io.perennial.segments.Rule.Match;
import io.perennial.segments.Rule.Measure;
import io.perennial.segments.Rule.Operator;
import io.perennial.segments.Rule.Orders;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * Says of a customer's summary what a rule says of their orders, where that is the same: the summary is kept in the
 * transaction of the orders. "No order in the last 30 days" is in the day of the last one.
 */
final class KeptFigures {

    private KeptFigures() {}

    /** The same rule, read from summaries where it can be. */
    static Rule in(Rule rule, LocalDate today) {
        return switch (rule) {
            case Group group ->
                new Group(
                        group.match(),
                        group.rules().stream().map(part -> in(part, today)).toList());
            case Orders orders -> in(orders, today);
            default -> rule;
        };
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

    private enum Asked {
        SOME,
        NONE,
        NEITHER
    }

    /** Whether a comparison of a count only tells none from some. */
    private static Asked someOrNone(Measure measure) {
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
