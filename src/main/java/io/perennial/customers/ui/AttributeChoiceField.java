package io.perennial.customers.ui;

import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.combobox.ComboBoxBase;
import com.vaadin.flow.component.combobox.MultiSelectComboBox;
import io.perennial.customers.attributes.AttributeChoice;
import io.perennial.customers.attributes.AttributeValue;
import io.perennial.customers.attributes.CustomerAttribute;
import io.perennial.customers.attributes.InvalidAttributeValue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Fields for one or several of an attribute's choices. What is typed and is none of them stays there, and is said to be none. */
final class AttributeChoiceField {

    /** Choices of the business begin at 1. */
    private static final int NONE_OF_THEM = 0;

    private AttributeChoiceField() {}

    static ComboBox<AttributeChoice> one(CustomerAttribute attribute, @Nullable AttributeValue value) {
        ComboBox<AttributeChoice> field = new ComboBox<>();
        field.setClearButtonVisible(true);
        prepare(field, attribute, value, field::setValue);
        field.setValue(chosen(attribute, value).stream().findFirst().orElse(null));
        field.addValueChangeListener(
                e -> check(field, attribute, e.getValue() == null ? Set.of() : Set.of(e.getValue())));
        return field;
    }

    static MultiSelectComboBox<AttributeChoice> several(CustomerAttribute attribute, @Nullable AttributeValue value) {
        MultiSelectComboBox<AttributeChoice> field = new MultiSelectComboBox<>();
        field.setClearButtonVisible(true);
        prepare(field, attribute, value, typed -> {
            Set<AttributeChoice> now = new LinkedHashSet<>(field.getValue());
            now.add(typed);
            field.setValue(now);
        });
        field.setValue(Set.copyOf(chosen(attribute, value)));
        field.addValueChangeListener(e -> check(field, attribute, e.getValue()));
        return field;
    }

    /**
     * What is chosen, or nothing.
     *
     * @throws InvalidAttributeValue if something is none of the choices
     */
    static @Nullable AttributeValue read(CustomerAttribute attribute, Collection<AttributeChoice> chosen) {
        for (AttributeChoice one : chosen) {
            if (one.number() == NONE_OF_THEM) {
                throw InvalidAttributeValue.noChoice(attribute, one.name());
            }
        }
        return chosen.isEmpty()
                ? null
                : new AttributeValue.Choices(
                        chosen.stream().map(AttributeChoice::number).collect(Collectors.toSet()));
    }

    private static void prepare(
            ComboBoxBase<?, AttributeChoice, ?> field,
            CustomerAttribute attribute,
            @Nullable AttributeValue value,
            Consumer<AttributeChoice> choose) {
        List<AttributeChoice> possible = possible(attribute, value);
        field.setLabel(attribute.name());
        field.setItems(possible);
        field.setItemLabelGenerator(AttributeChoice::name);
        field.setManualValidation(true);
        field.setAllowCustomValue(true);
        field.addCustomValueSetListener(e -> {
            String typed = e.getDetail().strip();
            if (!typed.isEmpty()) {
                choose.accept(possible.stream()
                        .filter(choice -> choice.name().equalsIgnoreCase(typed))
                        .findFirst()
                        .orElseGet(() -> new AttributeChoice(NONE_OF_THEM, typed, false)));
            }
        });
    }

    private static void check(
            ComboBoxBase<?, AttributeChoice, ?> field,
            CustomerAttribute attribute,
            Collection<AttributeChoice> chosen) {
        try {
            read(attribute, chosen);
            field.setInvalid(false);
        } catch (InvalidAttributeValue none) {
            field.setErrorMessage(none.getMessage());
            field.setInvalid(true);
        }
    }

    private static List<AttributeChoice> chosen(CustomerAttribute attribute, @Nullable AttributeValue value) {
        return value instanceof AttributeValue.Choices has
                ? attribute.choices().stream()
                        .filter(choice -> has.numbers().contains(choice.number()))
                        .toList()
                : List.of();
    }

    /** What is offered, and what the customer has though it is archived. */
    private static List<AttributeChoice> possible(CustomerAttribute attribute, @Nullable AttributeValue value) {
        List<AttributeChoice> possible = new ArrayList<>(attribute.offered());
        chosen(attribute, value).stream().filter(AttributeChoice::archived).forEach(possible::add);
        return possible;
    }
}
