package io.perennial.customers.attributes;

import java.util.List;
import java.util.Optional;

/**
 * Something a business keeps about its customers.
 *
 * @param key lower case letters, digits and underscores; unique and for ever, so rules, files and the API use it
 * @param name as staff see it
 * @param archived hidden, with its values kept
 * @param choices in their order, for CHOICE and LIST; none for the others
 */
public record CustomerAttribute(
        AttributeId id, String key, String name, AttributeType type, boolean archived, List<AttributeChoice> choices) {

    /** How many a business may have that are not archived. */
    public static final int MOST = 200;

    /** How many choices one may have that are not archived. */
    public static final int MOST_CHOICES = 200;

    /** How many characters a text may have. */
    public static final int LONGEST_TEXT = 500;

    public CustomerAttribute {
        choices = List.copyOf(choices);
    }

    /** The choice with this number. */
    public Optional<AttributeChoice> choice(int number) {
        return choices.stream().filter(choice -> choice.number() == number).findFirst();
    }

    /** The choice with this name, in any case. */
    public Optional<AttributeChoice> choiceNamed(String name) {
        return choices.stream()
                .filter(choice -> choice.name().equalsIgnoreCase(name.strip()))
                .findFirst();
    }

    /** The choices that can be given to a customer now. */
    public List<AttributeChoice> offered() {
        return choices.stream().filter(choice -> !choice.archived()).toList();
    }
}
