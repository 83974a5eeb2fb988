package io.perennial.segments.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.combobox.MultiSelectComboBox;
import com.vaadin.flow.component.select.Select;
import io.perennial.segments.Choice;
import io.perennial.segments.ChoiceOf;
import io.perennial.segments.Rule;
import io.perennial.segments.Rule.Consent;
import io.perennial.segments.Rule.ConsentIs;
import io.perennial.segments.Window;

/** How consent stands, to what, and since when. */
class ConsentInputs extends Inputs {

    private final Select<ConsentIs> status = new Select<>();
    private final MultiSelectComboBox<Choice> topics;
    private final WindowInput window;

    ConsentInputs(BuilderContext context, Consent given, Runnable changed) {
        status.setAriaLabel(t("segments.comparison"));
        status.addClassName("rule-figure");
        status.setItems(ConsentIs.values());
        status.setItemLabelGenerator(s -> t("segments.consent." + s));
        status.setValue(given.status());
        topics =
                ChoiceInput.several(Offers.of(context.choices(), ChoiceOf.TOPIC), t("segments.topics"), given.topics());
        window = new WindowInput(given.window(), changed);
        window.setVisible(given.status().hasTime());
        topics.addValueChangeListener(e -> changed.run());
        status.addValueChangeListener(e -> {
            window.setVisible(status.getValue().hasTime());
            changed.run();
        });
        add(status, topics, window);
    }

    @Override
    Rule rule() {
        return new Consent(
                ChoiceInput.values(topics),
                status.getValue(),
                status.getValue().hasTime() ? window.window() : Window.ever());
    }
}
