package io.perennial.segments.ui;

import com.vaadin.flow.component.html.Div;
import io.perennial.segments.Rule;

/** The fields of one kind of condition, to be read as a sentence behind its subject. */
abstract class Inputs extends Div {

    Inputs() {
        addClassName("rule-values");
    }

    /** The condition as it stands, complete or not: what is missing is an empty text. */
    abstract Rule rule();

    static Inputs of(BuilderContext context, Subject subject, Rule rule, Runnable changed) {
        return switch (subject) {
            case Subject.OfField(Rule.Field field) -> {
                Rule.Condition given = (Rule.Condition) rule;
                yield new FieldInputs(Operand.of(context, field), given.operator(), given.values(), changed) {
                    @Override
                    Rule rule() {
                        return new Rule.Condition(field, operator(), values());
                    }
                };
            }
            case Subject.OfAttribute(var attribute) -> {
                Rule.Attribute given = (Rule.Attribute) rule;
                yield new FieldInputs(Operand.of(context, attribute), given.operator(), given.values(), changed) {
                    @Override
                    Rule rule() {
                        return new Rule.Attribute(attribute.key(), operator(), values());
                    }
                };
            }
            case Subject.OfOrders() -> new OrdersInputs(context, (Rule.Orders) rule, changed);
            case Subject.OfActivity(var kind) -> new ActivityInputs(context, kind, (Rule.Activity) rule, changed);
            case Subject.OfConsent() -> new ConsentInputs(context, (Rule.Consent) rule, changed);
            case Subject.OfSegment() -> new SegmentInputs(context, (Rule.Member) rule, changed);
        };
    }
}
