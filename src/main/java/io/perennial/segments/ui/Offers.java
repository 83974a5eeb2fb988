package io.perennial.segments.ui;

import io.perennial.customers.ActivityKind;
import io.perennial.customers.ActivitySource.Part;
import io.perennial.segments.Choice;
import io.perennial.segments.ChoiceOf;
import io.perennial.segments.FieldType;
import io.perennial.segments.Rule.Field;
import io.perennial.segments.RuleAttribute;
import io.perennial.segments.RuleChoices;
import io.perennial.segments.RuleWords;
import java.util.List;
import java.util.function.Function;

/**
 * Values to offer while a person types.
 *
 * @param few whether they are so few that all are read at once, and found by any part of their name
 * @param free whether something else may be typed
 * @param name how values that a rule holds are called
 */
record Offers(Search search, boolean few, boolean free, Function<List<String>, List<Choice>> name) {

    private static final int ALL = 200;

    interface Search {
        List<Choice> find(String part, int offset, int limit);
    }

    List<Choice> all() {
        return search.find("", 0, ALL);
    }

    static Offers of(RuleChoices choices, ChoiceOf of) {
        boolean few = switch (of) {
            case COUNTRY, LOCALE, GENDER, TOPIC, ZONE -> true;
            case CITY, TAG, CATEGORY, PRODUCT -> false;
        };
        if (of == ChoiceOf.TOPIC) {
            return fixed(choices.values(of, "", 0, ALL));
        }
        return new Offers(
                (part, offset, limit) -> choices.values(of, part, offset, limit).stream()
                        .map(c -> new Choice(c.value(), label(of, c.value()), c.count()))
                        .toList(),
                few,
                true,
                values -> values.stream().map(v -> new Choice(v, label(of, v))).toList());
    }

    private static String label(ChoiceOf of, String value) {
        return switch (of) {
            case COUNTRY -> RuleWords.value(Field.COUNTRY, value);
            case LOCALE -> RuleWords.value(Field.LOCALE, value);
            default -> value;
        };
    }

    static Offers of(FieldType type) {
        return fixed(type.fixed().stream()
                .map(v -> new Choice(v, RuleWords.fixed(type, v)))
                .toList());
    }

    static Offers choices(RuleAttribute attribute) {
        return fixed(attribute.choices().entrySet().stream()
                .map(c -> new Choice(c.getKey().toString(), c.getValue()))
                .toList());
    }

    static Offers texts(RuleChoices choices, RuleAttribute attribute) {
        return new Offers(
                (part, offset, limit) -> choices.texts(attribute, part, offset, limit),
                false,
                true,
                values -> values.stream().map(v -> new Choice(v, v)).toList());
    }

    static Offers things(RuleChoices choices, ActivityKind kind, Part which) {
        return new Offers(
                (part, offset, limit) -> choices.things(kind, which, part, offset, limit),
                false,
                false,
                ids -> choices.named(kind, which, ids));
    }

    static Offers fixed(List<Choice> all) {
        return new Offers(
                (part, offset, limit) -> all,
                true,
                false,
                values -> all.stream().filter(c -> values.contains(c.value())).toList());
    }
}
