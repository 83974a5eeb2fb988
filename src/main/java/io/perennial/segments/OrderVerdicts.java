package io.perennial.segments;

import io.perennial.segments.CustomerFacts.Line;
import io.perennial.segments.CustomerFacts.Order;
import io.perennial.segments.OrderFilter.Among;
import io.perennial.segments.Rule.Aggregate;
import io.perennial.segments.Rule.Measure;
import io.perennial.segments.Rule.Orders;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Conditions on orders, decided in Java. */
final class OrderVerdicts {

    /** Of a refund's share of a line; finer than what is stored. */
    private static final int DECIMALS = 12;

    private final RuleContext context;

    OrderVerdicts(RuleContext context) {
        this.context = context;
    }

    /** What the orders that count come to. */
    private static final class Sums {
        private int count;
        private BigDecimal value = BigDecimal.ZERO;
        private BigDecimal quantity = BigDecimal.ZERO;
        private final Set<Object> products = new HashSet<>();
        private @Nullable Long sinceFirst;
        private @Nullable Long sinceLast;

        private void day(long ago) {
            sinceFirst = sinceFirst == null ? ago : Math.max(sinceFirst, ago);
            sinceLast = sinceLast == null ? ago : Math.min(sinceLast, ago);
        }
    }

    Verdict of(Orders rule, CustomerFacts c) {
        Sums sums = sum(rule, c);
        boolean holds = rule.measures().stream().allMatch(m -> holds(m, sums));
        return new Verdict(
                holds,
                () -> rule.measures().stream()
                        .map(m -> ValueWords.figure(
                                m.aggregate(),
                                own(m.aggregate(), sums),
                                context.scope().currency()))
                        .collect(Collectors.joining(", ")));
    }

    private Sums sum(Orders rule, CustomerFacts c) {
        Window.Days days = rule.window().days(context.today());
        boolean byLine = rule.filter().isByLine()
                || rule.measures().stream()
                        .anyMatch(m -> m.aggregate() == Aggregate.QUANTITY || m.aggregate() == Aggregate.PRODUCTS);
        Sums sums = new Sums();
        for (Order order : c.orders()) {
            if (!days.contains(context.dayOf(order.at())) || !fits(order, rule.filter())) {
                continue;
            }
            List<Line> lines = order.lines().stream()
                    .filter(line -> fits(line, rule.filter()))
                    .toList();
            if (byLine && lines.isEmpty()) {
                continue;
            }
            sums.count++;
            sums.day(ChronoUnit.DAYS.between(context.dayOf(order.at()), context.today()));
            if (!byLine) {
                sums.value = sums.value.add(order.left());
            }
            for (Line line : lines) {
                sums.quantity = sums.quantity.add(line.quantity());
                sums.products.add(SameText.key(line.product()));
                if (byLine) {
                    sums.value = sums.value.add(line.netValue()
                            .multiply(order.left())
                            .divide(order.netValue(), DECIMALS, RoundingMode.HALF_UP));
                }
            }
        }
        return sums;
    }

    private static boolean holds(Measure measure, Sums sums) {
        Comparison comparison = Comparison.of(measure.operator(), measure.values());
        if (measure.aggregate() == Aggregate.AVERAGE_VALUE) {
            return sums.count > 0 && comparison.holdsOf(sums.value, BigDecimal.valueOf(sums.count));
        }
        BigDecimal own = own(measure.aggregate(), sums);
        return own != null && comparison.holdsOf(own);
    }

    private static @Nullable BigDecimal own(Aggregate aggregate, Sums sums) {
        return switch (aggregate) {
            case COUNT -> BigDecimal.valueOf(sums.count);
            case VALUE -> sums.value;
            case QUANTITY -> sums.quantity;
            case PRODUCTS -> BigDecimal.valueOf(sums.products.size());
            case AVERAGE_VALUE ->
                sums.count == 0 ? null : sums.value.divide(BigDecimal.valueOf(sums.count), 2, RoundingMode.HALF_UP);
            case DAYS_SINCE_FIRST -> sums.sinceFirst == null ? null : BigDecimal.valueOf(sums.sinceFirst);
            case DAYS_SINCE_LAST -> sums.sinceLast == null ? null : BigDecimal.valueOf(sums.sinceLast);
        };
    }

    private static boolean fits(Order order, OrderFilter filter) {
        boolean status = order.netValue().signum() > 0
                && switch (filter.status()) {
                    case VALID -> order.status().equals("PAID");
                    case PARTLY_REFUNDED ->
                        order.status().equals("PAID") && order.refunded().signum() > 0;
                    case REFUNDED, CANCELLED ->
                        order.status().equals(filter.status().name());
                };
        OrderFilter.Amount value = filter.orderValue();
        return status
                && (value == null
                        || Comparison.of(value.operator(), value.values()).holdsOf(order.left()))
                && (filter.weekdays().isEmpty()
                        || filter.weekdays().contains(order.day().getDayOfWeek()))
                && (filter.months().isEmpty()
                        || filter.months().contains(order.day().getMonth()));
    }

    private static boolean fits(Line line, OrderFilter filter) {
        Among categories = filter.categories();
        Among products = filter.products();
        return (categories == null || isAmong(line.category(), categories.values()) != categories.excluded())
                && (products == null
                        || (isAmong(line.product(), products.values())
                                        || (line.sku() != null
                                                && products.values().contains(line.sku())))
                                != products.excluded());
    }

    private static boolean isAmong(@Nullable String value, List<String> wanted) {
        return value != null && wanted.stream().anyMatch(w -> SameText.same(value, w));
    }
}
