package io.perennial.segments;

import io.perennial.segments.Rule.Aggregate;
import io.perennial.segments.Rule.Condition;
import io.perennial.segments.Rule.Field;
import io.perennial.segments.Rule.Group;
import io.perennial.segments.Rule.Match;
import io.perennial.segments.Rule.Operator;
import io.perennial.segments.Rule.Orders;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
        if (orders.category() != null
                || orders.product() != null
                || orders.window().until() != null) {
            return orders;
        }
        Integer since = daysBack(orders, today);
        if (since == null) {
            return switch (orders.aggregate()) {
                case COUNT -> condition(Field.ORDERS, orders);
                case VALUE -> condition(Field.VALUE, orders);
                case AVERAGE_VALUE, QUANTITY -> orders;
            };
        }
        if (orders.aggregate() != Aggregate.COUNT || since < 0) {
            return orders;
        }
        Condition any = Condition.of(Field.DAYS_SINCE_LAST_ORDER, Operator.AT_MOST, since.toString());
        return switch (someOrNone(orders)) {
            case SOME -> any;
            case NONE -> new Group(Match.NONE, List.of(any));
            case NEITHER -> orders;
        };
    }

    /** How many days before today the window begins, or nothing where it has no begin. */
    private static @Nullable Integer daysBack(Orders orders, LocalDate today) {
        Integer last = orders.window().lastDays();
        String from = orders.window().from();
        if (last == null && from == null) {
            return null;
        }
        int lastBack = last == null ? Integer.MAX_VALUE : last - 1;
        int fromBack = from == null ? Integer.MAX_VALUE : (int) ChronoUnit.DAYS.between(LocalDate.parse(from), today);
        return Math.min(lastBack, fromBack);
    }

    private static Condition condition(Field field, Orders orders) {
        return new Condition(
                field,
                orders.operator(),
                orders.upTo() == null || orders.operator() != Operator.BETWEEN
                        ? List.of(orders.value())
                        : List.of(orders.value(), orders.upTo()));
    }

    private enum Asked {
        SOME,
        NONE,
        NEITHER
    }

    /** Whether a comparison of a count only tells none from some. */
    private static Asked someOrNone(Orders orders) {
        Comparison comparison = Comparison.of(orders.operator(), orders.value(), orders.upTo());
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
                || comparison.upTo() != null && comparison.upTo().compareTo(BigDecimal.ONE) > 0;
    }
}
