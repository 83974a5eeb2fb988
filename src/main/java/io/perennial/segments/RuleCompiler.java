package io.perennial.segments;

import io.perennial.segments.Rule.Activity;
import io.perennial.segments.Rule.Attribute;
import io.perennial.segments.Rule.Condition;
import io.perennial.segments.Rule.Consent;
import io.perennial.segments.Rule.ConsentIs;
import io.perennial.segments.Rule.Group;
import io.perennial.segments.Rule.Match;
import io.perennial.segments.Rule.Member;
import io.perennial.segments.Rule.Orders;
import io.perennial.tenancy.SqlFragment;

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
        RuleCheck.require(rule, context.scope(), null);
        RuleCompiler compiler = new RuleCompiler(context);
        compiler.sql
                .add("SELECT c.id FROM customer c")
                .add(
                        compiler.readsSummary(rule)
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
            case Attribute attribute -> new AttributeSql(sql, context).append(attribute);
            case Consent consent -> consent(consent);
            case Orders orders -> new OrdersSql(sql, context).append(orders);
            case Activity activity -> new ActivitySql(sql, context).append(activity);
            case Member member -> member(member);
        }
    }

    /** The other segment's own rule in its place: one query, of which the optimizer sees all. */
    private void member(Member member) {
        RuleScope.Named other = context.segment(member.segment());
        if (other.isList()) {
            sql.add(member.in() ? "EXISTS" : "NOT EXISTS")
                    .add(
                            " (SELECT 1 FROM segment_listed m WHERE m.tenant_id = ? AND m.segment_id = ?",
                            context.tenant().value(),
                            member.segment().value())
                    .add(" AND m.customer_id = c.id)");
            return;
        }
        sql.add(member.in() ? "(" : "NOT (");
        append(other.rule());
        sql.add(")");
    }

    private void consent(Consent consent) {
        boolean negated = consent.status() == ConsentIs.NOT_GRANTED || consent.status() == ConsentIs.NEVER_ASKED;
        sql.add(negated ? "NOT EXISTS" : "EXISTS")
                .add(
                        " (SELECT 1 FROM consent m WHERE m.tenant_id = ? AND m.customer_id = c.id AND m.topic IN ",
                        context.tenant().value())
                .list(consent.topics());
        switch (consent.status()) {
            case GRANTED, NOT_GRANTED -> sql.add(" AND m.status = 'GRANTED'");
            case WITHDRAWN -> sql.add(" AND m.status = 'WITHDRAWN'");
            case NEVER_ASKED -> {}
        }
        if (consent.status().hasTime()) {
            new DaysSql(sql, context).within("m.at", consent.window().days(context.today()));
        }
        sql.add(")");
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

    private boolean readsSummary(Rule rule) {
        return switch (rule) {
            case Group group -> group.rules().stream().anyMatch(this::readsSummary);
            case Condition condition -> ConditionSql.readsSummary(condition.field());
            case Member member -> {
                RuleScope.Named other = context.segment(member.segment());
                yield !other.isList() && readsSummary(other.rule());
            }
            case Attribute _, Consent _, Orders _, Activity _ -> false;
        };
    }
}
