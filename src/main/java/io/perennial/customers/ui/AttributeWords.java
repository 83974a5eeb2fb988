package io.perennial.customers.ui;

import static io.perennial.uikit.Texts.t;

import io.perennial.customers.attributes.AttributeText;
import io.perennial.customers.attributes.AttributeValue;
import io.perennial.customers.attributes.CustomerAttribute;
import io.perennial.uikit.Formats;

/** Values of attributes as the current user's language writes them. */
final class AttributeWords {

    private AttributeWords() {}

    static String of(CustomerAttribute attribute, AttributeValue value) {
        return switch (value) {
            case AttributeValue.Text text -> text.text();
            case AttributeValue.Number number ->
                Formats.decimal(number.number(), Math.max(0, number.number().scale()));
            case AttributeValue.Day day -> Formats.date(day.day());
            case AttributeValue.YesNo answer -> t(answer.yes() ? "attributes.yes" : "attributes.no");
            case AttributeValue.Choices chosen -> String.join(", ", AttributeText.names(attribute, chosen));
        };
    }
}
