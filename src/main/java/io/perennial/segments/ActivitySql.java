package io.perennial.segments;

import io.perennial.customers.ActivityKind;
import io.perennial.segments.Rule.Activity;
import io.perennial.segments.Rule.Aggregate;
import io.perennial.segments.Rule.Measure;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The predicates of conditions on what customers did, each a grouped subquery as {@link OrdersSql} makes them. */
final class ActivitySql {

    private final SqlBuilder sql;
    private final RuleContext context;
    private final DaysSql days;

    ActivitySql(SqlBuilder sql, RuleContext context) {
        this.sql = sql;
        this.context = context;
        this.days = new DaysSql(sql, context);
    }

    void append(Activity activity) {
        sql.add(passesWithout(activity) ? "c.id NOT IN (" : "c.id IN (");
        customers(activity);
        sql.add(")");
    }

    static boolean passesWithout(Activity activity) {
        return OrdersSql.passesWithout(List.of(activity.measure()));
    }

    /** A query of the {@code customer_id} of those who pass; of those who don't, where who did nothing passes. */
    void customers(Activity activity) {
        ActivityKind kind = context.activity(activity.kind());
        rows(activity, kind);
        sql.add(" GROUP BY ").add(kind.customer());
        sql.add(passesWithout(activity) ? " HAVING NOT (" : " HAVING (");
        having(kind, activity.measure());
        sql.add(")");
    }

    /** The same for whom it does not matter that a customer comes several times. */
    void customersPerhapsTwice(Activity activity) {
        if (OrdersSql.tellsSomeFromNone(List.of(activity.measure()))) {
            rows(activity, context.activity(activity.kind()));
        } else {
            customers(activity);
        }
    }

    private void rows(Activity activity, ActivityKind kind) {
        sql.add("SELECT ")
                .add(kind.customer())
                .add(" AS customer_id")
                .add(" FROM ")
                .add(kind.from())
                .add(context.among() == null && activity.about().isEmpty() ? kind.hint() : "")
                .add(" WHERE ")
                .add(kind.where(), context.tenant().value());
        Window.Days window = activity.window().days(context.today());
        if (kind.since() != null && window.from() != null) {
            sql.add(" AND ").add(kind.since(), context.tenant().value(), context.utcStartOf(window.from()));
        }
        days.within(kind.at(), window);
        oneOf(kind.about(), activity.about());
        oneOf(kind.detail(), activity.detail());
        context.narrow(sql, kind.customer());
    }

    private void oneOf(@Nullable String column, List<String> ids) {
        if (column != null && !ids.isEmpty()) {
            sql.add(" AND ")
                    .add(column)
                    .add(" IN ")
                    .list(ids.stream().map(Long::valueOf).toList());
        }
    }

    private void having(ActivityKind kind, Measure measure) {
        if (measure.aggregate() == Aggregate.COUNT) {
            Comparison.of(measure.operator(), measure.values()).appendTo(sql.add(kind.count()));
            return;
        }
        String which = measure.aggregate() == Aggregate.DAYS_SINCE_FIRST ? "MIN(" : "MAX(";
        days.since(which + kind.at() + ")", measure.operator(), measure.values());
    }
}
