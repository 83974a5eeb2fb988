package io.perennial.segments;

import io.perennial.segments.OrderFilter.Amount;
import io.perennial.segments.OrderFilter.OrderStatus;
import io.perennial.segments.Rule.Aggregate;
import io.perennial.segments.Rule.Measure;
import io.perennial.segments.Rule.Orders;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;

/**
 * The predicates of conditions on orders: the customers whose orders in the window pass, as one grouped subquery that
 * the database computes once. Customers without any such order count as 0; where 0 passes, the predicate is "not among
 * those who fail".
 */
final class OrdersSql {

    /** Of an order that counts; NULL of others, whose value after refunds is {@link #NET_OF_OTHERS}. */
    private static final String NET = "o.counted_value";

    private static final String NET_OF_OTHERS = "(o.net_value - o.refunded)";

    /** A line's part of what is left of its order after refunds. */
    private static final String LINE_NET = "l.net_value * (o.net_value - o.refunded) / o.net_value";

    /**
     * Days of which orders are read in the order of time: those alone, and sorted (0.4 µs an order). In the customers' order all there are are
     * read (0.25), but cut into pieces that take the same, and so that their progress is seen. In a shop of three years half a year, a
     * quarter of its orders, takes as long either way.
     */
    private static final int SHORT = 100;

    /**
     * Rows that don't come in the customers' order are sorted into it and then grouped as they pass. A table of groups
     * instead costs MariaDB ten times as much once these are hundreds of thousands.
     */
    private static final String SORTED = "SQL_BIG_RESULT ";

    private final SqlBuilder sql;
    private final RuleContext context;
    private final DaysSql days;

    OrdersSql(SqlBuilder sql, RuleContext context) {
        this.sql = sql;
        this.context = context;
        this.days = new DaysSql(sql, context);
    }

    /** Whether a customer without any such order, or deed, passes. */
    static boolean passesWithout(List<Measure> measures) {
        return measures.stream()
                .allMatch(m -> m.aggregate().isZeroWithout()
                        && Comparison.of(m.operator(), m.values()).holdsOf(BigDecimal.ZERO));
    }

    void append(Orders orders) {
        sql.add(passesWithout(orders.measures()) ? "c.id NOT IN (" : "c.id IN (");
        customers(orders);
        sql.add(")");
    }

    /** A query of the {@code customer_id} of those who pass; of those who don't, where a customer without orders passes. */
    void customers(Orders orders) {
        boolean byLine = isByLine(orders);
        sql.add(isInDisorder(orders, byLine) ? "SELECT " + SORTED : "SELECT ");
        rows(orders, byLine);
        // By that of the table read first: MariaDB takes a quarter longer to sort by what it joined.
        sql.add(byLine && beginsWithLines(orders) ? " GROUP BY l.customer_id" : " GROUP BY o.customer_id");
        sql.add(passesWithout(orders.measures()) ? " HAVING NOT (" : " HAVING (");
        for (int i = 0; i < orders.measures().size(); i++) {
            sql.add(i == 0 ? "" : " AND ");
            having(orders.measures().get(i), orders.filter(), byLine);
        }
        sql.add(")");
    }

    /**
     * The same for whom it does not matter that a customer comes several times.
     *
     * @return the order in which they come
     */
    WordsSql.Coming customersPerhapsTwice(Orders orders) {
        if (tellsSomeFromNone(orders.measures())) {
            boolean byLine = isByLine(orders);
            sql.add("SELECT ");
            rows(orders, byLine);
            return isInDisorder(orders, byLine) ? WordsSql.Coming.IN_DISORDER : WordsSql.Coming.IN_ORDER;
        }
        customers(orders);
        return WordsSql.Coming.IN_ORDER;
    }

    /** Whether every row there is makes the customer one of those looked for: those with any, however many. */
    static boolean tellsSomeFromNone(List<Measure> measures) {
        return measures.size() == 1 && KeptFigures.someOrNone(measures.getFirst()) != KeptFigures.Asked.NEITHER;
    }

    /** Whether rows are many and don't come in the customers' order. */
    private boolean isInDisorder(Orders orders, boolean byLine) {
        return context.among() == null && (byLine || isByTime(orders));
    }

    /** Behind SELECT: the customer's id, and the rows it is read from. */
    private void rows(Orders orders, boolean byLine) {
        if (byLine && context.among() == null && LinesSql.answers(orders)) {
            new LinesSql(sql, context).rows(orders);
        } else if (byLine) {
            lines(orders);
        } else {
            sql.add("o.customer_id FROM customer_order o")
                    .add(context.among() == null ? index(orders) : "")
                    .add(" WHERE o.tenant_id = ?", context.tenant().value());
            days.within("o.ordered_at", orders.window().days(context.today()));
            status(orders.filter().status());
            ofOrder(orders.filter());
            context.narrow(sql, "o.customer_id");
        }
    }

    /** Whether lines are read first, by their articles; else orders, and then their lines, or none. */
    private boolean beginsWithLines(Orders orders) {
        return context.among() == null && ArticlesSql.names(orders.filter());
    }

    /** Whether it reads much of all orders ever, customer by customer. */
    static boolean readsLong(Orders orders, LocalDate today) {
        return !isShort(orders.window(), today) && !LinesSql.answers(orders);
    }

    /** Whether it looks up the lines of each order of some days, of which new customers have more than old ones. */
    static boolean looksUpLines(Orders orders) {
        return isByLine(orders) && !ArticlesSql.names(orders.filter());
    }

    /**
     * Orders of a short time are read in the order of time, a long history customer by customer, which needs no sorting;
     * so are those of certain days or with refunds, which only that index knows.
     */
    private String index(Orders orders) {
        return isByTime(orders) ? " FORCE INDEX (ix_customer_order_time)" : " FORCE INDEX (ix_customer_order_customer)";
    }

    private boolean isByTime(Orders orders) {
        OrderFilter filter = orders.filter();
        return isShort(orders.window(), context.today())
                && filter.weekdays().isEmpty()
                && filter.months().isEmpty()
                && filter.status() != OrderStatus.PARTLY_REFUNDED;
    }

    static boolean isShort(Window window, LocalDate today) {
        Window.Days asked = window.days(today);
        LocalDate until = asked.until() == null || asked.until().isAfter(today) ? today : asked.until();
        return asked.from() != null && asked.from().isAfter(until.minusDays(SHORT));
    }

    static boolean isByLine(Orders orders) {
        return orders.filter().isByLine()
                || orders.measures().stream()
                        .map(Measure::aggregate)
                        .anyMatch(a -> a == Aggregate.QUANTITY || a == Aggregate.PRODUCTS);
    }

    private void lines(Orders orders) {
        OrderFilter filter = orders.filter();
        // Of a few customers the orders are looked up, and their lines by these.
        boolean byArticle = beginsWithLines(orders);
        sql.add(byArticle ? "l.customer_id FROM " : "o.customer_id FROM ");
        if (byArticle) {
            // Lines of some articles are few and lie together in an index of their own: begin there. Left to itself,
            // MySQL
            // begins with the orders (528 against 46 ms at 240,000 lines), as it takes PAID for rarer than it is.
            ArticlesSql articles = new ArticlesSql(sql, context, filter);
            articles.tables();
            sql.add(" STRAIGHT_JOIN customer_order o WHERE ");
            articles.conditions();
        } else {
            sql.add(
                    "order_line l JOIN customer_order o WHERE l.tenant_id = ?",
                    context.tenant().value());
            ArticlesSql.texts(sql, "l", filter);
        }
        sql.add(" AND o.tenant_id = ? AND o.id = l.order_id", context.tenant().value());
        status(filter.status());
        sql.add(filter.status().counts() ? " AND l.counted = TRUE" : " AND l.counted = FALSE");
        days.within(byArticle ? "l.ordered_at" : "o.ordered_at", orders.window().days(context.today()));
        ofOrder(filter);
        context.narrow(sql, byArticle ? "l.customer_id" : "o.customer_id");
    }

    private void status(OrderStatus status) {
        sql.add(
                switch (status) {
                    case VALID -> " AND o.counted_value IS NOT NULL";
                    case PARTLY_REFUNDED -> " AND o.counted_value IS NOT NULL AND o.refunded > 0";
                    case REFUNDED -> " AND o.counted_value IS NULL AND o.status = 'REFUNDED' AND o.net_value > 0";
                    case CANCELLED -> " AND o.counted_value IS NULL AND o.status = 'CANCELLED' AND o.net_value > 0";
                });
    }

    private void ofOrder(OrderFilter filter) {
        Amount value = filter.orderValue();
        if (value != null) {
            Comparison.of(value.operator(), value.values())
                    .appendTo(sql.add(" AND ").add(net(filter)));
        }
        if (!filter.weekdays().isEmpty()) {
            // WEEKDAY counts from Monday as 0.
            sql.add(" AND WEEKDAY(o.ordered_on) IN ")
                    .list(filter.weekdays().stream().map(d -> d.getValue() - 1).toList());
        }
        if (!filter.months().isEmpty()) {
            sql.add(" AND MONTH(o.ordered_on) IN ")
                    .list(filter.months().stream().map(m -> m.getValue()).toList());
        }
    }

    private static String net(OrderFilter filter) {
        return filter.status().counts() ? NET : NET_OF_OTHERS;
    }

    private void having(Measure measure, OrderFilter filter, boolean byLine) {
        String count = byLine ? "COUNT(DISTINCT l.order_id)" : "COUNT(*)";
        String value = byLine ? "SUM(" + LINE_NET + ")" : "SUM(" + net(filter) + ")";
        Aggregate aggregate = measure.aggregate();
        if (aggregate == Aggregate.DAYS_SINCE_FIRST || aggregate == Aggregate.DAYS_SINCE_LAST) {
            String at = aggregate == Aggregate.DAYS_SINCE_FIRST ? "MIN(o.ordered_at)" : "MAX(o.ordered_at)";
            sql.add("(");
            days.since(at, measure.operator(), measure.values());
            sql.add(")");
            return;
        }
        Comparison comparison = Comparison.of(measure.operator(), measure.values());
        switch (aggregate) {
            case COUNT -> comparison.appendTo(sql.add(count));
            case VALUE -> comparison.appendTo(sql.add(value));
            case QUANTITY -> comparison.appendTo(sql.add("SUM(l.quantity)"));
            case PRODUCTS -> comparison.appendTo(sql.add("COUNT(DISTINCT l.product)"));
            case AVERAGE_VALUE -> comparison.appendTo(sql.add(value), " * " + count);
            default -> throw new IllegalStateException("Not a figure of orders: " + aggregate);
        }
    }
}
