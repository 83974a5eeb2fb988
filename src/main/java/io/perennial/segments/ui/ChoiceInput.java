package io.perennial.segments.ui;

import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.combobox.ComboBoxBase;
import com.vaadin.flow.component.combobox.MultiSelectComboBox;
import com.vaadin.flow.data.provider.CallbackDataProvider.FetchCallback;
import io.perennial.segments.Choice;
import io.perennial.segments.ChoiceOf;
import io.perennial.segments.Segments;
import io.perennial.uikit.Texts;
import java.util.List;
import java.util.Locale;

/** Fields that offer the business's own values while a person types. */
final class ChoiceInput {

    private ChoiceInput() {}

    static ComboBox<Choice> one(Segments segments, ChoiceOf of, String label) {
        ComboBox<Choice> box = new ComboBox<>();
        box.setAriaLabel(label);
        offer(box, segments, of);
        box.setAllowCustomValue(of != ChoiceOf.TOPIC);
        box.addCustomValueSetListener(e ->
                box.setValue(new Choice(e.getDetail().strip(), e.getDetail().strip())));
        return box;
    }

    static MultiSelectComboBox<Choice> several(Segments segments, ChoiceOf of, String label) {
        MultiSelectComboBox<Choice> box = new MultiSelectComboBox<>();
        box.setAriaLabel(label);
        offer(box, segments, of);
        box.setAllowCustomValue(of != ChoiceOf.TOPIC);
        box.addCustomValueSetListener(
                e -> box.select(new Choice(e.getDetail().strip(), e.getDetail().strip())));
        return box;
    }

    /** The choice of a stored value, with its label where there is one. */
    static Choice stored(Segments segments, ChoiceOf of, String value) {
        if (of != ChoiceOf.TOPIC) {
            return new Choice(value, value);
        }
        return segments.choices(of, "", 0, 200).stream()
                .filter(c -> c.value().equals(value))
                .findFirst()
                .orElse(new Choice(value, value));
    }

    private static void offer(ComboBoxBase<?, Choice, ?> box, Segments segments, ChoiceOf of) {
        box.addClassName("rule-choice");
        box.setItemLabelGenerator(choice -> label(of, choice));
        if (few(of)) {
            List<Choice> all = segments.choices(of, "", 0, 200);
            box.setItems(all);
        } else {
            FetchCallback<Choice, String> fetch = query ->
                    segments.choices(of, query.getFilter().orElse(""), query.getOffset(), query.getLimit()).stream();
            box.setItems(fetch);
        }
    }

    /** Those whose values are so few that they are read at once and found by the name shown. */
    private static boolean few(ChoiceOf of) {
        return switch (of) {
            case COUNTRY, LOCALE, GENDER, TOPIC -> true;
            case CITY, TAG, CATEGORY, PRODUCT -> false;
        };
    }

    private static String label(ChoiceOf of, Choice choice) {
        return switch (of) {
            case COUNTRY -> Locale.of("", choice.value()).getDisplayCountry(Texts.locale());
            case LOCALE -> Locale.forLanguageTag(choice.value()).getDisplayName(Texts.locale());
            default -> choice.label();
        };
    }
}
