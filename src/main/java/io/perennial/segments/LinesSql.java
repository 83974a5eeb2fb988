package io.perennial.segments;

import io.perennial.segments.OrderFilter.Among;
import io.perennial.segments.OrderFilter.OrderStatus;
import io.perennial.segments.Rule.Aggregate;
import io.perennial.segments.Rule.Measure;
import io.perennial.segments.Rule.Orders;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Lines of some categories or products, read from an index of their own: whether its order counts, a line knows itself. */
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
        return (names(filter.categories()) || names(filter.products()))
                && filter.status() == OrderStatus.VALID
                && filter.orderValue() == null
                && filter.weekdays().isEmpty()
                && filter.months().isEmpty()
                && orders.measures().stream().map(Measure::aggregate).allMatch(FIGURES::contains);
    }

    private static boolean names(@Nullable Among among) {
        return among != null && !among.excluded();
    }

    /** Behind SELECT: the {@code l.customer_id} of each such line, and the table it comes from, as {@code l}. */
    void rows(Orders orders) {
        Among products = orders.filter().products();
        sql.add("l.customer_id FROM (");
        if (products != null && !products.excluded()) {
            read(orders, "ix_order_line_product");
            sql.add(" AND l.product IN ").list(products.values());
            sql.add(" UNION ALL ");
            read(orders, "ix_order_line_sku");
            sql.add(" AND l.sku IN ").list(products.values());
            if (uses(orders, Aggregate.QUANTITY)) {
                sql.add(" AND l.product NOT IN ").list(products.values());
            }
        } else {
            read(orders, "ix_order_line_category");
            if (products != null) {
                sql.add(" AND NOT (l.product IN ")
                        .list(products.values())
                        .add(" OR (l.sku IS NOT NULL AND l.sku IN ")
                        .list(products.values())
                        .add("))");
            }
        }
        sql.add(") l");
    }

    private void read(Orders orders, String index) {
        sql.add("SELECT l.customer_id, l.order_id");
        for (Aggregate aggregate : FIGURES) {
            if (uses(orders, aggregate)) {
                sql.add(column(aggregate));
            }
        }
        sql.add(
                " FROM order_line l FORCE INDEX (" + index + ") WHERE l.tenant_id = ? AND l.counted = TRUE",
                context.tenant().value());
        days.within("l.ordered_at", orders.window().days(context.today()));
        Among categories = orders.filter().categories();
        if (categories != null) {
            List<String> values = categories.values();
            sql.add(categories.excluded() ? " AND (l.category IS NULL OR l.category NOT IN " : " AND (l.category IN ")
                    .list(values)
                    .add(")");
        }
        context.narrow(sql, "l.customer_id");
    }

    private static boolean uses(Orders orders, Aggregate aggregate) {
        return orders.measures().stream().anyMatch(measure -> measure.aggregate() == aggregate);
    }

    private static String column(Aggregate aggregate) {
        return switch (aggregate) {
            case QUANTITY -> ", l.quantity";
            case PRODUCTS -> ", l.product";
            default -> "";
        };
    }
}
