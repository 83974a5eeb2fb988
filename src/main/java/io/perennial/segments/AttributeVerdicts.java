package io.perennial.segments;

import static io.perennial.uikit.Texts.t;

import io.perennial.customers.attributes.AttributeValue;
import io.perennial.segments.Rule.Attribute;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Conditions on what a business itself keeps, decided in Java. */
final class AttributeVerdicts {

    private final RuleContext context;

    AttributeVerdicts(RuleContext context) {
        this.context = context;
    }

    Verdict of(Attribute condition, CustomerFacts c) {
        RuleAttribute attribute = context.attribute(condition.key());
        AttributeValue value = c.attributes().get(attribute.id());
        return new Verdict(holds(condition, value), () -> words(attribute, value));
    }

    private boolean holds(Attribute condition, @Nullable AttributeValue value) {
        Operator operator = condition.operator();
        List<String> wanted = condition.values();
        if (value == null) {
            return operator.holdsOfUnknown();
        }
        if (operator == Operator.IS_KNOWN || operator == Operator.IS_UNKNOWN) {
            return operator == Operator.IS_KNOWN;
        }
        return switch (value) {
            case AttributeValue.Text text -> SameText.holds(operator, wanted, text.text());
            case AttributeValue.Number number -> Comparison.of(operator, wanted).holdsOf(number.number());
            case AttributeValue.Day day -> DayCondition.holds(operator, wanted, day.day(), context.today());
            case AttributeValue.YesNo answer -> answer.yes() == Boolean.parseBoolean(wanted.getFirst());
            case AttributeValue.Choices chosen -> chosen(operator, wanted, chosen.numbers());
        };
    }

    private static boolean chosen(Operator operator, List<String> wanted, Set<Integer> numbers) {
        return switch (operator) {
            case IS, IS_ANY_OF -> wanted.stream().map(Integer::valueOf).anyMatch(numbers::contains);
            case IS_ALL_OF -> wanted.stream().map(Integer::valueOf).allMatch(numbers::contains);
            case IS_NOT, IS_NONE_OF -> wanted.stream().map(Integer::valueOf).noneMatch(numbers::contains);
            default -> throw new IllegalStateException("Choices know no " + operator);
        };
    }

    private static String words(RuleAttribute attribute, @Nullable AttributeValue value) {
        return switch (value) {
            case null -> t("segments.value.unknown");
            case AttributeValue.Text text -> text.text();
            case AttributeValue.Number number ->
                ValueWords.value(attribute, number.number().toPlainString());
            case AttributeValue.Day day -> ValueWords.value(attribute, day.day().toString());
            case AttributeValue.YesNo answer -> ValueWords.value(attribute, Boolean.toString(answer.yes()));
            case AttributeValue.Choices chosen ->
                new TreeSet<>(chosen.numbers())
                        .stream()
                                .map(n -> ValueWords.value(attribute, n.toString()))
                                .collect(Collectors.joining(", "));
        };
    }
}
