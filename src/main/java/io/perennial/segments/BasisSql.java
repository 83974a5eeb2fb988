package io.perennial.segments;

import io.perennial.segments.Rule.Aggregate;
import io.perennial.segments.Rule.Condition;
import io.perennial.segments.Rule.Consent;
import io.perennial.segments.Rule.Group;
import io.perennial.segments.Rule.Match;
import io.perennial.segments.Rule.Measure;
import io.perennial.segments.Rule.Orders;
import io.perennial.tenancy.SqlFragment;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What a rule says of a row of {@code count_basis f}, where all that it asks is there. As everywhere, each predicate is
 * true or false, never NULL.
 */
final class BasisSql {

    private static final Set<Aggregate> FIGURES = EnumSet.of(
            Aggregate.COUNT,
            Aggregate.VALUE,
            Aggregate.AVERAGE_VALUE,
            Aggregate.DAYS_SINCE_FIRST,
            Aggregate.DAYS_SINCE_LAST);

    private final SqlBuilder sql = new SqlBuilder();
    private final RuleContext context;

    private BasisSql(RuleContext context) {
        this.context = context;
    }

    /** Whether a rule asks only what is there. */
    static boolean answers(Rule rule, RuleContext context) {
        return switch (rule) {
            case Group group -> group.rules().stream().allMatch(part -> answers(part, context));
            case Condition condition -> CountSource.isInBasis(condition.field());
            case Consent consent -> isEver(consent.window(), context);
            case Orders orders ->
                isEver(orders.window(), context)
                        && orders.filter().equals(OrderFilter.none())
                        && orders.measures().stream().map(Measure::aggregate).allMatch(FIGURES::contains);
            default -> false;
        };
    }

    private static boolean isEver(Window window, RuleContext context) {
        return window.days(context.today()).equals(new Window.Days(null, null));
    }

    /** The rule as a predicate, in brackets. */
    static SqlFragment predicate(Rule rule, RuleContext context) {
        BasisSql predicate = new BasisSql(context);
        predicate.append(rule);
        return predicate.sql.build();
    }

    private void append(Rule rule) {
        switch (rule) {
            case Group group -> group(group);
            case Condition condition -> condition(condition);
            case Consent consent -> consent(consent);
            case Orders orders -> orders(orders);
            default -> throw new IllegalArgumentException("Not to be answered so: " + rule);
        }
    }

    private void group(Group group) {
        if (group.rules().isEmpty()) {
            sql.add(group.match() == Match.ANY ? "(1 = 0)" : "(1 = 1)");
            return;
        }
        sql.add(group.match() == Match.NONE ? "NOT (" : "(");
        for (int i = 0; i < group.rules().size(); i++) {
            sql.add(i == 0 ? "" : group.match() == Match.ALL ? " AND " : " OR ");
            append(group.rules().get(i));
        }
        sql.add(")");
    }

    private void condition(Condition condition) {
        switch (condition.field()) {
            case SUPPRESSED ->
                sql.add(
                        condition.values().getFirst().equals("true")
                                ? "(f.suppressed IS NOT NULL)"
                                : "(f.suppressed IS NULL)");
            case SUPPRESSION_REASON -> {
                boolean negated = condition.operator().holdsOfUnknown();
                sql.add(negated ? "(f.suppressed IS NULL" : "(f.suppressed IS NOT NULL");
                if (!condition.values().isEmpty()) {
                    sql.add(negated ? " OR f.suppressed NOT IN " : " AND f.suppressed IN ")
                            .list(condition.values());
                }
                sql.add(")");
            }
            default -> new ConditionSql(sql, context, "f.", "f.").append(condition);
        }
    }

    private void consent(Consent consent) {
        switch (consent.status()) {
            case GRANTED -> among(consent.topics(), "f.granted");
            case WITHDRAWN -> among(consent.topics(), "f.withdrawn");
            case NOT_GRANTED -> {
                sql.add("NOT ");
                among(consent.topics(), "f.granted");
            }
            case NEVER_ASKED -> {
                sql.add("NOT (");
                among(consent.topics(), "f.granted");
                sql.add(" OR ");
                among(consent.topics(), "f.withdrawn");
                sql.add(")");
            }
        }
    }

    private void among(List<String> topics, String column) {
        sql.add("(");
        for (int i = 0; i < topics.size(); i++) {
            sql.add(i == 0 ? "" : " OR ").add("FIND_IN_SET(?, " + column + ") > 0", topics.get(i));
        }
        sql.add(")");
    }

    /** Of all valid orders ever; who has none passes only where each figure may be 0. */
    private void orders(Orders orders) {
        sql.add(OrdersSql.passesWithout(orders.measures()) ? "(f.orders = 0 OR (" : "(f.orders > 0 AND (");
        for (int i = 0; i < orders.measures().size(); i++) {
            sql.add(i == 0 ? "" : " AND ");
            figure(orders.measures().get(i));
        }
        sql.add("))");
    }

    private void figure(Measure measure) {
        switch (measure.aggregate()) {
            case COUNT -> compare("f.orders", measure, "");
            case VALUE -> compare("f.value", measure, "");
            case AVERAGE_VALUE -> compare("f.value", measure, " * f.orders");
            case DAYS_SINCE_FIRST -> since("f.first_order_at", measure);
            case DAYS_SINCE_LAST -> since("f.last_order_at", measure);
            default -> throw new IllegalArgumentException("Not to be answered so: " + measure);
        }
    }

    private void compare(String column, Measure measure, String factor) {
        Comparison.of(measure.operator(), measure.values()).appendTo(sql.add(column), factor);
    }

    private void since(String column, Measure measure) {
        sql.add("(" + column + " IS NOT NULL AND ");
        new DaysSql(sql, context).since(column, measure.operator(), measure.values());
        sql.add(")");
    }
}
