package io.perennial.segments.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.combobox.MultiSelectComboBox;
import com.vaadin.flow.component.datepicker.DatePicker;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import io.perennial.segments.Choice;
import io.perennial.segments.FieldType;
import io.perennial.segments.Operator;
import io.perennial.segments.RuleWords;
import io.perennial.uikit.DateWords;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** An operator and the values it wants. */
class ComparisonInput extends Div {

    private final Operand operand;
    private final Runnable changed;
    private final Select<Operator> operator = new Select<>();
    private final Div slot = new Div();
    private Supplier<List<String>> values = List::of;

    ComparisonInput(Operand operand, List<Operator> operators, Operator chosen, List<String> given, Runnable changed) {
        this.operand = operand;
        this.changed = changed;
        addClassName("rule-phrase");
        slot.addClassName("rule-phrase");
        operator.setAriaLabel(t("segments.comparison"));
        operator.addClassName("rule-operator");
        operator.setItems(operators);
        operator.setItemLabelGenerator(o -> RuleWords.operator(operand.type(), o));
        operator.setValue(chosen);
        operator.addValueChangeListener(e -> {
            if (e.getValue() != null && e.isFromClient()) {
                fill(e.getValue(), fitting(values(), e.getOldValue(), e.getValue()));
                changed.run();
            }
        });
        add(operator, slot);
        fill(chosen, given);
    }

    Operator operator() {
        return operator.getValue();
    }

    List<String> values() {
        return values.get();
    }

    /** Keeps of the values what makes sense with another operator. */
    private List<String> fitting(List<String> given, Operator before, Operator after) {
        boolean otherKind = operand.type().isDate() && before.takesDays() != after.takesDays();
        List<String> kept = otherKind ? new ArrayList<>() : new ArrayList<>(given);
        while (kept.size() > after.mostValues()) {
            kept.removeLast();
        }
        while (kept.size() < after.leastValues()) {
            kept.add("");
        }
        return kept;
    }

    private void fill(Operator chosen, List<String> given) {
        slot.removeAll();
        slot.setVisible(chosen.mostValues() > 0);
        String first = given.isEmpty() ? "" : given.getFirst();
        FieldType type = operand.type();
        Offers offers = operand.offers();
        if (chosen.mostValues() == 0) {
            values = List::of;
        } else if (chosen.takesDays()) {
            two(number(FieldType.DAYS, t("segments.days"), first), null);
        } else if (type.isDate()) {
            two(day("segments.from", first), chosen == Operator.BETWEEN ? day("segments.until", second(given)) : null);
        } else if (type.isNumeric()) {
            two(
                    number(type, operand.unit(), first),
                    chosen == Operator.BETWEEN ? number(type, operand.unit(), second(given)) : null);
        } else if (type == FieldType.YES_NO || type == FieldType.ANSWER) {
            yesNo(first);
        } else if (offers == null || takesPart(chosen)) {
            text(chosen.takesSeveral(), given);
        } else if (chosen.takesSeveral()) {
            MultiSelectComboBox<Choice> box = ChoiceInput.several(offers, t("segments.value"), given);
            box.addValueChangeListener(e -> changed.run());
            slot.add(box);
            values = () -> ChoiceInput.values(box);
        } else {
            ComboBox<Choice> box = ChoiceInput.one(offers, t("segments.value"), first);
            box.addValueChangeListener(e -> changed.run());
            slot.add(box);
            values = () -> List.of(
                    Optional.ofNullable(box.getValue()).map(Choice::value).orElse(""));
        }
    }

    private static boolean takesPart(Operator chosen) {
        return chosen == Operator.CONTAINS
                || chosen == Operator.CONTAINS_NOT
                || chosen == Operator.STARTS_WITH
                || chosen == Operator.ENDS_WITH;
    }

    private static String second(List<String> given) {
        return given.size() < 2 ? "" : given.get(1);
    }

    /** Adds one field, or two with "and" between. */
    private void two(Supplier<String> low, @Nullable Supplier<String> high) {
        if (high == null) {
            values = () -> List.of(low.get());
        } else {
            slot.addComponentAtIndex(1, new Span(t("segments.and")));
            values = () -> List.of(low.get(), high.get());
        }
    }

    private Supplier<String> number(FieldType type, String unit, String given) {
        NumberInput field = new NumberInput(t("segments.value"), type, unit, given, changed);
        slot.add(field);
        return field::text;
    }

    private Supplier<String> day(String label, String given) {
        DatePicker picker = new DatePicker();
        picker.setAriaLabel(t(label));
        DateWords.prepare(picker);
        picker.addClassName("rule-date");
        try {
            picker.setValue(given.isEmpty() ? null : LocalDate.parse(given));
        } catch (DateTimeParseException e) {
            picker.clear(); // what is no day is said at the row
        }
        picker.addValueChangeListener(e -> changed.run());
        slot.add(picker);
        return () -> picker.getValue() == null ? "" : picker.getValue().toString();
    }

    private void yesNo(String given) {
        Select<String> select = new Select<>();
        select.setAriaLabel(t("segments.value"));
        select.addClassName("rule-unit");
        select.setItems("true", "false");
        select.setItemLabelGenerator(v -> t(v.equals("true") ? "segments.yes" : "segments.no"));
        select.setValue(given.equals("false") ? "false" : "true");
        select.addValueChangeListener(e -> changed.run());
        slot.add(select);
        values = () -> List.of(select.getValue());
    }

    private void text(boolean several, List<String> given) {
        TextField field = new TextField();
        field.setAriaLabel(t("segments.value"));
        field.addClassName("rule-choice");
        field.setPlaceholder(several ? t("segments.comma_separated") : t("segments.value"));
        field.setValue(String.join(", ", given));
        field.setValueChangeMode(ValueChangeMode.LAZY);
        field.addValueChangeListener(e -> changed.run());
        slot.add(field);
        values = several
                ? () -> Arrays.stream(field.getValue().split(",", -1))
                        .map(String::strip)
                        .filter(v -> !v.isEmpty())
                        .toList()
                : () -> List.of(field.getValue().strip());
    }
}
