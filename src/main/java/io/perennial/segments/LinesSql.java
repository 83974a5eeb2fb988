package io.perennial.segments;

import io.perennial.segments.OrderFilter.OrderStatus;
import io.perennial.segments.Rule.Aggregate;
import io.perennial.segments.Rule.Measure;
import io.perennial.segments.Rule.Orders;
import java.util.EnumSet;
import java.util.Set;

/** Lines of some categories or products, read from their index alone: whether its order counts, a line knows itself. */
final class LinesSql {

    /** Figures that need nothing of the order. */
    private static final Set<Aggregate> FIGURES = EnumSet.of(Aggregate.COUNT, Aggregate.QUANTITY, Aggregate.PRODUCTS);

    private final SqlBuilder sql;
    private final RuleContext context;
    private final DaysSql days;

    LinesSql(SqlBuilder sql, RuleContext context) {
        this.sql = sql;
        this.context = context;
        this.days = new DaysSql(sql, context);
    }

    /** Whether a condition is about lines of certain categories or products, and needs no more of orders than that they count. */
    static boolean answers(Orders orders) {
        OrderFilter filter = orders.filter();
        return ArticlesSql.names(filter)
                && filter.status() == OrderStatus.VALID
                && filter.orderValue() == null
                && filter.weekdays().isEmpty()
                && filter.months().isEmpty()
                && orders.measures().stream().map(Measure::aggregate).allMatch(FIGURES::contains);
    }

    /** Behind SELECT: the {@code l.customer_id} of each such line, and the table it comes from, as {@code l}. */
    void rows(Orders orders) {
        ArticlesSql articles = new ArticlesSql(sql, context, orders.filter());
        sql.add("l.customer_id FROM ");
        articles.tables();
        sql.add(" WHERE ");
        articles.conditions();
        sql.add(" AND l.counted = TRUE");
        days.within("l.ordered_at", orders.window().days(context.today()));
        context.narrow(sql, "l.customer_id");
    }
}
