package io.perennial.segments;

import static io.perennial.uikit.Texts.t;

import io.perennial.customers.ActivityKind;
import io.perennial.segments.Rule.Activity;
import io.perennial.segments.Rule.Attribute;
import io.perennial.segments.Rule.Condition;
import io.perennial.segments.Rule.Consent;
import io.perennial.segments.Rule.Group;
import io.perennial.segments.Rule.Match;
import io.perennial.segments.Rule.Measure;
import io.perennial.segments.Rule.Member;
import io.perennial.segments.Rule.Orders;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds what is wrong in a rule, with the place of each fault. A rule without problems compiles. */
final class RuleCheck {

    private final List<RuleProblem> problems = new ArrayList<>();
    private final RuleScope scope;
    private final SegmentReferences references;
    private int conditions;

    private RuleCheck(RuleScope scope, @Nullable SegmentId self) {
        this.scope = scope;
        this.references = new SegmentReferences(scope, self);
    }

    static List<RuleProblem> problemsOf(Rule rule, RuleScope scope) {
        return problemsOf(rule, scope, null);
    }

    /**
     * @throws InvalidRule if the rule has problems
     */
    static void require(Rule rule, RuleScope scope, @Nullable SegmentId self) {
        List<RuleProblem> problems = problemsOf(rule, scope, self);
        if (!problems.isEmpty()) {
            throw new InvalidRule(problems);
        }
    }

    /**
     * @param self whose rule it is to be, so that it is not led back to itself; nothing for a new segment
     */
    static List<RuleProblem> problemsOf(Rule rule, RuleScope scope, @Nullable SegmentId self) {
        RuleCheck check = new RuleCheck(scope, self);
        check.visit(rule, "", 0);
        if (check.conditions > RuleLimits.CONDITIONS) {
            check.problem("", "segments.problem.too_many", RuleLimits.CONDITIONS);
        }
        return List.copyOf(check.problems);
    }

    private void visit(Rule rule, String path, int depth) {
        switch (rule) {
            case Group group -> group(group, path, depth);
            case Condition condition -> condition(condition, path);
            case Attribute attribute -> attribute(attribute, path);
            case Consent consent -> consent(consent, path);
            case Orders orders -> orders(orders, path);
            case Activity activity -> activity(activity, path);
            case Member member -> member(member, path);
        }
    }

    private void group(Group group, String path, int depth) {
        if (depth > RuleLimits.DEPTH) {
            problem(path, "segments.problem.too_deep", RuleLimits.DEPTH);
            return;
        }
        if (group.rules().isEmpty() && (depth > 0 || group.match() != Match.ALL)) {
            problem(path, "segments.problem.empty_group");
        }
        for (int i = 0; i < group.rules().size(); i++) {
            visit(group.rules().get(i), path + "/" + i, depth + 1);
        }
    }

    private void condition(Condition condition, String path) {
        conditions++;
        values(path).check(condition.field().type(), condition.operator(), condition.values());
    }

    private void attribute(Attribute condition, String path) {
        conditions++;
        RuleAttribute attribute = scope.attribute(condition.key()).orElse(null);
        if (attribute == null) {
            problem(path, "segments.problem.attribute");
            return;
        }
        ValueCheck values = values(path);
        boolean hasChoices = attribute.type().hasChoices();
        if (hasChoices && !values.chosen(condition.values())) {
            return;
        }
        values.check(attribute.fieldType(), condition.operator(), condition.values());
        if (hasChoices
                && condition.values().stream()
                        .anyMatch(v -> attribute.choices().keySet().stream()
                                .noneMatch(n -> n.toString().equals(v)))) {
            problem(path, "segments.problem.choose");
        }
    }

    private void consent(Consent consent, String path) {
        conditions++;
        ValueCheck values = values(path);
        values.texts(consent.topics());
        values.chosen(consent.topics());
        if (consent.topics().isEmpty()) {
            problem(path, "segments.problem.value_missing");
        }
        values.window(consent.window());
        if (!consent.status().hasTime() && !(consent.window() instanceof Window.Ever)) {
            problem(path, "segments.problem.no_time");
        }
    }

    private void orders(Orders orders, String path) {
        conditions++;
        ValueCheck values = values(path);
        if (orders.measures().isEmpty()) {
            problem(path, "segments.problem.value_missing");
        }
        if (orders.measures().size() > RuleLimits.MEASURES) {
            problem(path, "segments.problem.too_many_measures", RuleLimits.MEASURES);
        }
        for (Measure measure : orders.measures()) {
            values.measure(measure);
        }
        OrderFilter filter = orders.filter();
        values.among(filter.categories());
        values.among(filter.products());
        if (filter.orderValue() != null) {
            values.comparison(
                    FieldType.MONEY,
                    filter.orderValue().operator(),
                    filter.orderValue().values());
        }
        if (Set.copyOf(filter.weekdays()).size() < filter.weekdays().size()
                || Set.copyOf(filter.months()).size() < filter.months().size()) {
            problem(path, "segments.problem.twice");
        }
        values.window(orders.window());
    }

    private void activity(Activity activity, String path) {
        conditions++;
        ActivityKind kind = scope.activity(activity.kind()).orElse(null);
        if (kind == null) {
            problem(path, "segments.problem.activity");
            return;
        }
        ValueCheck values = values(path);
        if (activity.measure().aggregate().fitsActivities()) {
            values.measure(activity.measure());
        } else {
            problem(path, "segments.problem.operator");
        }
        if ((kind.about() == null && !activity.about().isEmpty())
                || (kind.detail() == null && !activity.detail().isEmpty())) {
            problem(path, "segments.problem.about");
        }
        values.ids(activity.about());
        values.ids(activity.detail());
        values.window(activity.window());
    }

    private void member(Member member, String path) {
        conditions++;
        if (member.segment().value() == 0) {
            problem(path, "segments.problem.segment_missing");
            return;
        }
        references
                .faultOf(member)
                .ifPresent(words -> problems.add(new RuleProblem(path.isEmpty() ? "/" : path, words)));
    }

    private ValueCheck values(String path) {
        return new ValueCheck((key, params) -> problem(path, key, params));
    }

    private void problem(String path, String key, Object... params) {
        problems.add(new RuleProblem(path.isEmpty() ? "/" : path, t(key, params)));
    }
}
