package io.perennial.segments.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.combobox.ComboBoxBase;
import com.vaadin.flow.component.combobox.MultiSelectComboBox;
import com.vaadin.flow.data.provider.CallbackDataProvider.FetchCallback;
import com.vaadin.flow.data.renderer.LitRenderer;
import io.perennial.segments.Choice;
import io.perennial.uikit.Formats;
import java.util.List;

/** Fields that offer the business's own values while a person types. */
final class ChoiceInput {

    /**
     * A field for several takes what is typed by Enter only, and drops it silently when it is left: it is told then, too.
     * Not while its list stays open: a finger that touches that leaves the field only to hide the keyboard.
     */
    private static final String TAKE_WHEN_LEFT = """
            if (!this.takesWhenLeft) {
              this.takesWhenLeft = true;
              this.addEventListener('focusout', () => {
                const words = this.inputElement.value.trim();
                setTimeout(() => {
                  if (words && !this.opened) {
                    this.dispatchEvent(new CustomEvent('custom-value-set', { detail: words }));
                  }
                });
              }, true);
            }""";

    private ChoiceInput() {}

    static ComboBox<Choice> one(Offers offers, String label, String given) {
        ComboBox<Choice> box = new ComboBox<>();
        offer(box, offers, label);
        offers.named(List.of(given)).stream().findFirst().ifPresent(box::setValue);
        box.addCustomValueSetListener(e -> offers.typed(e.getDetail()).ifPresent(box::setValue));
        return box;
    }

    static MultiSelectComboBox<Choice> several(Offers offers, String label, List<String> given) {
        MultiSelectComboBox<Choice> box = new MultiSelectComboBox<>();
        offer(box, offers, label);
        box.select(offers.named(given));
        box.addCustomValueSetListener(e -> offers.typed(e.getDetail()).ifPresent(box::select));
        box.addAttachListener(e -> box.getElement().executeJs(TAKE_WHEN_LEFT));
        box.setAutoExpand(MultiSelectComboBox.AutoExpandMode.VERTICAL);
        return box;
    }

    static List<String> values(MultiSelectComboBox<Choice> box) {
        return box.getValue().stream().map(Choice::value).toList();
    }

    private static void offer(ComboBoxBase<?, Choice, ?> box, Offers offers, String label) {
        box.setAriaLabel(label);
        box.setPlaceholder(label);
        box.addClassName("rule-choice");
        box.setItemLabelGenerator(Choice::label);
        box.setAllowCustomValue(
                true); // also where it must be one of them: what was typed stays, and is said to be none
        if (offers.few()) {
            box.setItems(offers.all());
            return;
        }
        FetchCallback<Choice, String> fetch = query ->
                offers.search().find(query.getFilter().orElse(""), query.getOffset(), query.getLimit()).stream();
        box.setItems(fetch);
        box.setPageSize(20);
        box.setRenderer(LitRenderer.<Choice>of(
                        "<span class=\"choice-line\"><span>${item.label}</span><span class=\"choice-count\">${item.count}</span></span>")
                .withProperty("label", Choice::label)
                .withProperty("count", ChoiceInput::count));
    }

    private static String count(Choice choice) {
        Long count = choice.count();
        if (count == null) {
            return "";
        }
        return count >= Choice.COUNTED ? t("segments.or_more", Formats.number(Choice.COUNTED)) : Formats.number(count);
    }
}
