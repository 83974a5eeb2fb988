package io.perennial.customers.attributes;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Values as text that no language changes, for files, rules and the API: a text as it is, a number with a point, a date as
 * 2026-03-29, yes or no, the name of a choice, names with semicolons between them.
 */
public final class AttributeText {

    /** Between the choices of a list. */
    public static final String SEPARATOR = ";";

    private static final BigDecimal LARGEST = new BigDecimal("9999999999999");
    private static final Set<String> YES = Set.of("yes", "true", "1", "y");
    private static final Set<String> NO = Set.of("no", "false", "0", "n");

    private AttributeText() {}

    /**
     * Reads a value.
     *
     * @param text not blank
     * @throws InvalidAttributeValue if it is none that the attribute can have
     */
    public static AttributeValue read(CustomerAttribute attribute, String text) {
        String clean = text.strip();
        return checked(
                attribute,
                switch (attribute.type()) {
                    case TEXT -> new AttributeValue.Text(clean);
                    case NUMBER -> number(clean);
                    case DATE -> day(clean);
                    case YES_NO -> new AttributeValue.YesNo(yes(clean));
                    case CHOICE -> AttributeValue.Choices.of(choice(attribute, clean));
                    case LIST -> list(attribute, clean);
                });
    }

    /** The text that {@link #read} understands. */
    public static String write(CustomerAttribute attribute, AttributeValue value) {
        return switch (value) {
            case AttributeValue.Text text -> text.text();
            case AttributeValue.Number number -> number.number().toPlainString();
            case AttributeValue.Day day -> day.day().toString();
            case AttributeValue.YesNo answer -> answer.yes() ? "yes" : "no";
            case AttributeValue.Choices chosen -> String.join(SEPARATOR + " ", names(attribute, chosen));
        };
    }

    /** The names of what is chosen, in the attribute's order. */
    public static List<String> names(CustomerAttribute attribute, AttributeValue.Choices chosen) {
        return attribute.choices().stream()
                .filter(choice -> chosen.numbers().contains(choice.number()))
                .map(AttributeChoice::name)
                .toList();
    }

    /**
     * The value itself if the attribute can have it.
     *
     * @throws InvalidAttributeValue if it cannot
     */
    public static AttributeValue checked(CustomerAttribute attribute, AttributeValue value) {
        switch (value) {
            case AttributeValue.Text text
            when attribute.type() == AttributeType.TEXT -> {
                int length = text.text().codePointCount(0, text.text().length());
                if (length > CustomerAttribute.LONGEST_TEXT) {
                    throw new InvalidAttributeValue("too_long", CustomerAttribute.LONGEST_TEXT, length);
                }
                if (text.text().isBlank()) {
                    throw new InvalidAttributeValue("blank");
                }
            }
            case AttributeValue.Number number when attribute.type() == AttributeType.NUMBER -> checkSize(number);
            case AttributeValue.Day day
            when attribute.type() == AttributeType.DATE -> {
                if (day.day().getYear() < 1000 || day.day().getYear() > 9999) {
                    throw new InvalidAttributeValue("no_date", day.day().toString());
                }
            }
            case AttributeValue.YesNo _ when attribute.type() == AttributeType.YES_NO -> {}
            case AttributeValue.Choices chosen when attribute.type() == AttributeType.LIST -> known(attribute, chosen);
            case AttributeValue.Choices chosen
            when attribute.type() == AttributeType.CHOICE && chosen.numbers().size() == 1 -> known(attribute, chosen);
            default -> throw new IllegalArgumentException(attribute.type() + " cannot be " + value);
        }
        return value;
    }

    private static void checkSize(AttributeValue.Number number) {
        if (number.number().abs().compareTo(LARGEST) > 0) {
            throw new InvalidAttributeValue("too_large", LARGEST.toPlainString());
        }
        if (number.number().scale() > 6) {
            throw new InvalidAttributeValue("decimals", 6);
        }
    }

    private static void known(CustomerAttribute attribute, AttributeValue.Choices chosen) {
        for (int number : chosen.numbers()) {
            if (attribute.choice(number).isEmpty()) {
                throw new IllegalArgumentException(attribute.key() + " has no choice " + number);
            }
        }
    }

    private static AttributeValue number(String text) {
        try {
            return new AttributeValue.Number(new BigDecimal(text));
        } catch (NumberFormatException e) {
            throw new InvalidAttributeValue("no_number", text);
        }
    }

    private static AttributeValue day(String text) {
        try {
            return new AttributeValue.Day(LocalDate.parse(text));
        } catch (DateTimeException e) {
            throw new InvalidAttributeValue("no_date", text);
        }
    }

    private static boolean yes(String text) {
        String word = text.toLowerCase(Locale.ROOT);
        if (!YES.contains(word) && !NO.contains(word)) {
            throw new InvalidAttributeValue("no_yes_or_no", text);
        }
        return YES.contains(word);
    }

    private static int choice(CustomerAttribute attribute, String name) {
        return attribute
                .choiceNamed(name)
                .orElseThrow(() -> InvalidAttributeValue.noChoice(attribute, name))
                .number();
    }

    private static AttributeValue list(CustomerAttribute attribute, String text) {
        Set<Integer> numbers = new LinkedHashSet<>();
        for (String name : text.split(SEPARATOR)) {
            if (!name.isBlank()) {
                numbers.add(choice(attribute, name.strip()));
            }
        }
        if (numbers.isEmpty()) {
            throw InvalidAttributeValue.noChoice(attribute, text);
        }
        return new AttributeValue.Choices(numbers);
    }

    /** Some of the choices, for words about what is none of them. */
    static String some(CustomerAttribute attribute) {
        List<String> names = new ArrayList<>(attribute.offered().stream()
                .map(AttributeChoice::name)
                .limit(10)
                .toList());
        if (attribute.offered().size() > names.size()) {
            names.add("…");
        }
        return String.join(", ", names);
    }
}
