package io.perennial.segments;

import io.perennial.segments.Rule.Condition;
import io.perennial.segments.Rule.Group;
import io.perennial.segments.Rule.Match;
import io.perennial.segments.Rule.Orders;
import io.perennial.tenancy.SqlFragment;
import java.util.List;

/**
 * Compiles a rule to one query over {@code customer c}, in which the tenant stands before everything else and again in
 * each subquery. Each predicate is written so that it is never NULL; NOT and OR therefore mean what they say.
 *
 * <p>See the decision record on segment rules for the semantics and the plans.
 */
final class RuleCompiler {

    private final RuleContext context;
    private final SqlBuilder sql = new SqlBuilder();

    private RuleCompiler(RuleContext context) {
        this.context = context;
    }

    /**
     * The ids of the customers a rule picks: one column, each id once, in no order.
     *
     * @throws InvalidRule if the rule has problems
     */
    static SqlFragment compile(Rule rule, RuleContext context) {
        return compile("c.id", rule, context);
    }

    /**
     * As {@link #compile(Rule, RuleContext)} with other columns.
     *
     * @param columns constant SQL over {@code customer c} and {@code customer_summary s}
     */
    static SqlFragment compile(String columns, Rule rule, RuleContext context) {
        requireValid(rule);
        RuleCompiler compiler = new RuleCompiler(context);
        compiler.sql
                .add("SELECT ")
                .add(columns)
                .add(" FROM customer c")
                .add(
                        columns.contains("s.") || readsSummary(rule)
                                ? " LEFT JOIN customer_summary s ON s.tenant_id = c.tenant_id AND s.customer_id = c.id"
                                : "")
                .add(
                        " WHERE c.tenant_id = ? AND c.erased_at IS NULL",
                        context.tenant().value());
        context.narrow(compiler.sql, "c.id");
        compiler.sql.add(" AND ");
        compiler.append(rule);
        return compiler.sql.build();
    }

    /**
     * @throws InvalidRule if the rule has problems
     */
    static void requireValid(Rule rule) {
        List<RuleProblem> problems = RuleCheck.problemsOf(rule);
        if (!problems.isEmpty()) {
            throw new InvalidRule(problems);
        }
    }

    /** What a valid rule says of {@code customer c} and {@code customer_summary s}: true or false, in brackets. */
    static SqlFragment predicate(Rule rule, RuleContext context) {
        RuleCompiler compiler = new RuleCompiler(context);
        compiler.sql.add("(");
        compiler.append(rule);
        return compiler.sql.add(")").build();
    }

    private void append(Rule rule) {
        switch (rule) {
            case Group group -> group(group);
            case Condition condition -> new ConditionSql(sql, context).append(condition);
            case Orders orders -> new OrdersSql(sql, context).append(orders);
        }
    }

    private void group(Group group) {
        if (group.rules().isEmpty()) {
            sql.add(group.match() == Match.ANY ? "1 = 0" : "1 = 1");
            return;
        }
        sql.add(group.match() == Match.NONE ? "NOT (" : "(");
        String between = group.match() == Match.ALL ? " AND " : " OR ";
        for (int i = 0; i < group.rules().size(); i++) {
            sql.add(i == 0 ? "" : between);
            append(group.rules().get(i));
        }
        sql.add(")");
    }

    private static boolean readsSummary(Rule rule) {
        return switch (rule) {
            case Group group -> group.rules().stream().anyMatch(RuleCompiler::readsSummary);
            case Condition condition -> ConditionSql.readsSummary(condition.field());
            case Orders orders -> false;
        };
    }
}
