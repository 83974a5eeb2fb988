package io.perennial.segments;

import io.perennial.segments.Rule.Activity;
import io.perennial.segments.Rule.Attribute;
import io.perennial.segments.Rule.Condition;
import io.perennial.segments.Rule.Consent;
import io.perennial.segments.Rule.Group;
import io.perennial.segments.Rule.Member;
import io.perennial.segments.Rule.Orders;
import java.util.ArrayList;
import java.util.List;

/**
 * What a rule means, one customer at a time and without SQL: says why somebody is in a segment or not, and is the
 * measure that the compiled query is held against.
 */
final class RuleEvaluator {

    private final RuleContext context;
    private final RuleWords words;
    private final FieldVerdicts fields;
    private final AttributeVerdicts attributes;
    private final OrderVerdicts orders;
    private final DeedVerdicts deeds;

    RuleEvaluator(RuleContext context) {
        this.context = context;
        this.words = new RuleWords(context.scope());
        this.fields = new FieldVerdicts(context);
        this.attributes = new AttributeVerdicts(context);
        this.orders = new OrderVerdicts(context);
        this.deeds = new DeedVerdicts(context);
    }

    /**
     * Whether a rule holds of a customer.
     *
     * @param rule without problems
     */
    boolean matches(Rule rule, CustomerFacts customer) {
        return switch (rule) {
            case Group group ->
                switch (group.match()) {
                    case ALL -> group.rules().stream().allMatch(r -> matches(r, customer));
                    case ANY -> group.rules().stream().anyMatch(r -> matches(r, customer));
                    case NONE -> group.rules().stream().noneMatch(r -> matches(r, customer));
                };
            case Member member -> isIn(member.segment(), customer) == member.in();
            default -> verdict(rule, customer).holds();
        };
    }

    private boolean isIn(SegmentId segment, CustomerFacts customer) {
        RuleScope.Named other = context.segment(segment);
        return other.isList() ? customer.lists().contains(segment) : matches(other.rule(), customer);
    }

    /**
     * The same for each part, with what the customer has there.
     *
     * @param rule without problems
     */
    Evaluation evaluate(Rule rule, CustomerFacts customer) {
        return evaluate(rule, customer, "");
    }

    private Evaluation evaluate(Rule rule, CustomerFacts customer, String path) {
        List<Evaluation> parts = new ArrayList<>();
        String value = "";
        switch (rule) {
            case Group group -> {
                for (int i = 0; i < group.rules().size(); i++) {
                    parts.add(evaluate(group.rules().get(i), customer, path + "/" + i));
                }
            }
            case Member member -> {
                RuleScope.Named other = context.segment(member.segment());
                if (!other.isList()) {
                    parts.add(evaluate(other.rule(), customer, path + "/0"));
                }
            }
            default -> value = verdict(rule, customer).value().get();
        }
        return new Evaluation(path.isEmpty() ? "/" : path, words.of(rule), value, matches(rule, customer), parts);
    }

    private Verdict verdict(Rule rule, CustomerFacts customer) {
        return switch (rule) {
            case Condition condition -> fields.of(condition, customer);
            case Attribute attribute -> attributes.of(attribute, customer);
            case Consent consent -> deeds.of(consent, customer);
            case Orders asked -> orders.of(asked, customer);
            case Activity activity -> deeds.of(activity, customer);
            case Group _, Member _ -> throw new IllegalArgumentException("Not a condition: " + rule);
        };
    }
}
