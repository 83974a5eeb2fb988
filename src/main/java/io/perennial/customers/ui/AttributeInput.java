package io.perennial.customers.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.AbstractField;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.HasValidation;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.combobox.MultiSelectComboBox;
import com.vaadin.flow.component.datepicker.DatePicker;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.BigDecimalField;
import com.vaadin.flow.component.textfield.TextField;
import io.perennial.customers.attributes.AttributeChoice;
import io.perennial.customers.attributes.AttributeText;
import io.perennial.customers.attributes.AttributeValue;
import io.perennial.customers.attributes.CustomerAttribute;
import io.perennial.customers.attributes.InvalidAttributeValue;
import io.perennial.uikit.DateWords;
import io.perennial.uikit.Texts;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The input that fits an attribute's type: it takes nothing the attribute cannot have. */
final class AttributeInput {

    private final CustomerAttribute attribute;
    private final Component field;
    private final Reader reader;

    /** Reads the field; nothing where it is empty. Throws what {@link #read} throws. */
    private interface Reader {
        @Nullable
        AttributeValue read();
    }

    private AttributeInput(CustomerAttribute attribute, Component field, Reader reader) {
        this.attribute = attribute;
        this.field = field;
        this.reader = reader;
    }

    static AttributeInput of(CustomerAttribute attribute, @Nullable AttributeValue value) {
        String label = attribute.name();
        return switch (attribute.type()) {
            case TEXT -> {
                TextField text = new TextField(label);
                text.setMaxLength(CustomerAttribute.LONGEST_TEXT);
                text.setValue(value instanceof AttributeValue.Text has ? has.text() : "");
                yield new AttributeInput(
                        attribute,
                        text,
                        () -> text.getValue().isBlank()
                                ? null
                                : new AttributeValue.Text(text.getValue().strip()));
            }
            case NUMBER -> {
                BigDecimalField number = new BigDecimalField(label);
                number.setLocale(Texts.locale());
                number.setI18n(new BigDecimalField.BigDecimalFieldI18n()
                        .setBadInputErrorMessage(t("attributes.cannot_be_read")));
                number.setValue(value instanceof AttributeValue.Number has ? has.number() : null);
                yield field(attribute, number, AttributeValue.Number::new);
            }
            case DATE -> {
                DatePicker date = new DatePicker(label);
                DateWords.prepare(date);
                date.setClearButtonVisible(true);
                date.setValue(value instanceof AttributeValue.Day has ? has.day() : null);
                yield field(attribute, date, AttributeValue.Day::new);
            }
            case YES_NO -> {
                Select<Boolean> answer = new Select<>();
                answer.setLabel(label);
                answer.setItems(true, false);
                answer.setEmptySelectionAllowed(true);
                answer.setEmptySelectionCaption(t("attributes.unknown"));
                answer.setItemLabelGenerator(
                        yes -> t(yes == null ? "attributes.unknown" : yes ? "attributes.yes" : "attributes.no"));
                answer.setValue(value instanceof AttributeValue.YesNo has ? has.yes() : null);
                yield field(attribute, answer, AttributeValue.YesNo::new);
            }
            case CHOICE -> {
                ComboBox<AttributeChoice> choice = AttributeChoiceField.one(attribute, value);
                yield new AttributeInput(
                        attribute,
                        choice,
                        () -> AttributeChoiceField.read(
                                attribute, choice.isEmpty() ? List.of() : List.of(choice.getValue())));
            }
            case LIST -> {
                MultiSelectComboBox<AttributeChoice> list = AttributeChoiceField.several(attribute, value);
                yield new AttributeInput(attribute, list, () -> AttributeChoiceField.read(attribute, list.getValue()));
            }
        };
    }

    CustomerAttribute attribute() {
        return attribute;
    }

    Component field() {
        return field;
    }

    /**
     * What it holds, or nothing.
     *
     * @throws InvalidAttributeValue if that cannot be; the field says so too
     */
    @Nullable
    AttributeValue read() {
        HasValidation validation = (HasValidation) field;
        try {
            AttributeValue value = reader.read();
            return value == null ? null : AttributeText.checked(attribute, value);
        } catch (InvalidAttributeValue e) {
            validation.setErrorMessage(e.getMessage());
            validation.setInvalid(true);
            throw e;
        }
    }

    /** Whether what was typed is no value of the field's kind at all; asked after {@link #read}. */
    boolean isUnreadable() {
        return ((HasValidation) field).isInvalid() && reader.read() == null;
    }

    private static <F extends AbstractField<?, V>, V> AttributeInput field(
            CustomerAttribute attribute, F field, Function<V, AttributeValue> value) {
        return new AttributeInput(attribute, field, () -> {
            V has = field.getValue();
            return has == null ? null : value.apply(has);
        });
    }
}
