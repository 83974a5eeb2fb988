package io.perennial.segments.ui;

import static io.perennial.uikit.Texts.t;

import io.perennial.customers.ActivityKind;
import io.perennial.customers.ActivitySource.Part;
import io.perennial.segments.Choice;
import io.perennial.segments.ChoiceOf;
import io.perennial.segments.FieldType;
import io.perennial.segments.Rule.Field;
import io.perennial.segments.RuleAttribute;
import io.perennial.segments.RuleChoices;
import io.perennial.segments.TypedChoice;
import io.perennial.segments.ValueWords;
import io.perennial.uikit.Texts;
import java.text.Collator;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Values to offer while a person types.
 *
 * @param few whether they are so few that all are read at once, and found by any part of their name
 * @param free whether something else may be typed; else it is kept as a {@link TypedChoice}, to be mended
 * @param name how values that a rule holds are called, of those that are still there
 */
record Offers(Search search, boolean few, boolean free, Function<List<String>, List<Choice>> name) {

    private static final int ALL = 200;

    interface Search {
        List<Choice> find(String part, int offset, int limit);
    }

    List<Choice> all() {
        return search.find("", 0, ALL);
    }

    /** The values that a rule holds, in their order; also what was merely typed, and what is gone meanwhile. */
    List<Choice> named(List<String> values) {
        List<String> chosen = values.stream()
                .filter(value -> !value.isEmpty() && TypedChoice.words(value).isEmpty())
                .toList();
        Map<String, Choice> known = chosen.isEmpty()
                ? Map.of()
                : name.apply(chosen).stream().collect(Collectors.toMap(Choice::value, c -> c, (first, same) -> first));
        return values.stream()
                .filter(value -> !value.isEmpty())
                .map(value -> known.getOrDefault(
                        value, new Choice(value, TypedChoice.words(value).orElseGet(() -> t("segments.words.gone")))))
                .toList();
    }

    /** What a person means who typed it and chose nothing; nothing where that is blank. */
    Optional<Choice> typed(String text) {
        String words = text.strip();
        if (words.isEmpty()) {
            return Optional.empty();
        }
        List<Choice> offered = few ? all() : free ? List.<Choice>of() : search.find(words, 0, ALL);
        return Optional.of(offered.stream()
                .filter(choice -> choice.label().equalsIgnoreCase(words))
                .findFirst()
                .orElseGet(() -> new Choice(free ? words : TypedChoice.of(words), words)));
    }

    static Offers of(RuleChoices choices, ChoiceOf of) {
        boolean few = switch (of) {
            case COUNTRY, LOCALE, GENDER, TOPIC, ZONE -> true;
            case CITY, TAG, CATEGORY, PRODUCT -> false;
        };
        if (of == ChoiceOf.TOPIC) {
            return fixed(choices.values(of, "", 0, ALL));
        }
        if (of == ChoiceOf.COUNTRY) {
            return countries(choices);
        }
        return new Offers(
                (part, offset, limit) -> inUse(choices, of, part, offset, limit),
                few,
                true,
                values -> values.stream().map(v -> new Choice(v, label(of, v))).toList());
    }

    /** All there are, first those in use: a name typed in full is no code, and would never be anybody's country. */
    private static Offers countries(RuleChoices choices) {
        Collator byName = Collator.getInstance(Texts.locale());
        List<Choice> all = Stream.concat(
                        inUse(choices, ChoiceOf.COUNTRY, "", 0, ALL).stream(),
                        Arrays.stream(Locale.getISOCountries())
                                .map(code -> new Choice(code, label(ChoiceOf.COUNTRY, code)))
                                .sorted(Comparator.comparing(Choice::label, byName)))
                .distinct()
                .toList();
        return new Offers(
                (part, offset, limit) -> all,
                true,
                false,
                codes -> codes.stream()
                        .map(code -> new Choice(code, label(ChoiceOf.COUNTRY, code)))
                        .toList());
    }

    private static List<Choice> inUse(RuleChoices choices, ChoiceOf of, String part, int offset, int limit) {
        return choices.values(of, part, offset, limit).stream()
                .map(c -> new Choice(c.value(), label(of, c.value()), c.count()))
                .toList();
    }

    private static String label(ChoiceOf of, String value) {
        return switch (of) {
            case COUNTRY -> ValueWords.value(Field.COUNTRY, value);
            case LOCALE -> ValueWords.value(Field.LOCALE, value);
            default -> value;
        };
    }

    static Offers of(FieldType type) {
        return fixed(type.fixed().stream()
                .map(v -> new Choice(v, ValueWords.fixed(type, v)))
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
