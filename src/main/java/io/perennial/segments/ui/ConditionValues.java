package io.perennial.segments.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.combobox.MultiSelectComboBox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import io.perennial.segments.Choice;
import io.perennial.segments.ChoiceOf;
import io.perennial.segments.FieldType;
import io.perennial.segments.Rule.Field;
import io.perennial.segments.Rule.Operator;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The fields for the values of a condition, as its field and operator want them. */
class ConditionValues extends Div {

    private final BuilderContext context;
    private final Runnable changed;
    private Supplier<List<String>> values = List::of;

    ConditionValues(BuilderContext context, Runnable changed) {
        this.context = context;
        this.changed = changed;
        addClassName("rule-values");
    }

    List<String> values() {
        return values.get();
    }

    void show(Field field, Operator operator, List<String> given) {
        removeAll();
        Optional<ChoiceOf> choices = ChoiceOf.field(field);
        String first = given.isEmpty() ? "" : given.getFirst();
        if (operator.mostValues() == 0) {
            values = List::of;
        } else if (field.type().isNumeric()) {
            numbers(field.type(), operator, given);
        } else if (field.type() == FieldType.YES_NO) {
            yesNo(first);
        } else if (operator == Operator.IS_ANY_OF) {
            if (choices.isPresent()) {
                several(choices.get(), given);
            } else {
                commaSeparated(given);
            }
        } else if (choices.isPresent() && (operator == Operator.IS || operator == Operator.IS_NOT)) {
            one(choices.get(), first);
        } else {
            text(first);
        }
        setVisible(operator.mostValues() > 0);
    }

    private void numbers(FieldType type, Operator operator, List<String> given) {
        String unit = NumberInput.unit(type, context.currency());
        NumberInput low =
                new NumberInput(t("segments.value"), type, unit, given.isEmpty() ? "" : given.getFirst(), changed);
        add(low);
        if (operator != Operator.BETWEEN) {
            values = () -> List.of(low.text());
            return;
        }
        NumberInput high =
                new NumberInput(t("segments.value_to"), type, unit, given.size() < 2 ? "" : given.get(1), changed);
        add(new Span(t("segments.and")), high);
        values = () -> List.of(low.text(), high.text());
    }

    private void yesNo(String given) {
        Select<String> select = new Select<>();
        select.setAriaLabel(t("segments.value"));
        select.setItems("true", "false");
        select.setItemLabelGenerator(v -> t(v.equals("true") ? "segments.yes" : "segments.no"));
        select.setValue(given.equals("false") ? "false" : "true");
        select.addValueChangeListener(e -> changed.run());
        add(select);
        values = () -> List.of(select.getValue());
    }

    private void one(ChoiceOf of, String given) {
        ComboBox<Choice> box = ChoiceInput.one(context.segments(), of, t("segments.value"));
        if (!given.isEmpty()) {
            box.setValue(ChoiceInput.stored(context.segments(), of, given));
        }
        box.addValueChangeListener(e -> changed.run());
        add(box);
        values = () ->
                List.of(Optional.ofNullable(box.getValue()).map(Choice::value).orElse(""));
    }

    private void several(ChoiceOf of, List<String> given) {
        MultiSelectComboBox<Choice> box = ChoiceInput.several(context.segments(), of, t("segments.value"));
        box.select(given.stream()
                .filter(v -> !v.isEmpty())
                .map(v -> ChoiceInput.stored(context.segments(), of, v))
                .toList());
        box.addValueChangeListener(e -> changed.run());
        add(box);
        values = () -> box.getValue().stream().map(Choice::value).toList();
    }

    private void text(String given) {
        TextField field = textField(given);
        add(field);
        values = () -> List.of(field.getValue().strip());
    }

    private void commaSeparated(List<String> given) {
        TextField field = textField(String.join(", ", given));
        add(field);
        values = () -> Arrays.stream(field.getValue().split(",", -1))
                .map(String::strip)
                .filter(v -> !v.isEmpty())
                .toList();
    }

    private TextField textField(String given) {
        TextField field = new TextField();
        field.setAriaLabel(t("segments.value"));
        field.addClassName("rule-choice");
        field.setValue(given);
        field.setValueChangeMode(ValueChangeMode.LAZY);
        field.setValueChangeTimeout(400);
        field.addValueChangeListener(e -> changed.run());
        return field;
    }
}
