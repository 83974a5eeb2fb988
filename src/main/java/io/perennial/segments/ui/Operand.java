package io.perennial.segments.ui;

import io.perennial.segments.ChoiceOf;
import io.perennial.segments.FieldType;
import io.perennial.segments.Rule.Field;
import io.perennial.segments.RuleAttribute;
import org.jspecify.annotations.Nullable;

/**
 * What is compared with values.
 *
 * @param unit shown behind its numbers
 * @param offers values to choose from, or nothing where a person types freely
 */
record Operand(FieldType type, String unit, @Nullable Offers offers) {

    static Operand of(BuilderContext context, Field field) {
        FieldType type = field.type();
        Offers offers = type.fixed().isEmpty()
                ? ChoiceOf.field(field)
                        .map(of -> Offers.of(context.choices(), of))
                        .orElse(null)
                : Offers.of(type);
        return new Operand(type, NumberInput.unit(type, context.currency()), offers);
    }

    static Operand of(BuilderContext context, RuleAttribute attribute) {
        Offers offers = switch (attribute.type()) {
            case TEXT -> Offers.texts(context.choices(), attribute);
            case CHOICE, LIST -> Offers.choices(attribute);
            default -> null;
        };
        return new Operand(attribute.fieldType(), "", offers);
    }

    static Operand number(BuilderContext context, FieldType type) {
        return new Operand(type, NumberInput.unit(type, context.currency()), null);
    }
}
