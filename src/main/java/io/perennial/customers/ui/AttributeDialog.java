package io.perennial.customers.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import io.perennial.customers.attributes.AttributeChoice;
import io.perennial.customers.attributes.AttributeDefinitions;
import io.perennial.customers.attributes.AttributeType;
import io.perennial.customers.attributes.CustomerAttribute;
import io.perennial.customers.attributes.InvalidAttribute;
import io.perennial.uikit.Toasts;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Defines an attribute, or changes its name and choices. Key and type are chosen once. */
class AttributeDialog extends Dialog {

    private final TextField name = new TextField(t("attributes.name"));
    private final TextField key = new TextField(t("attributes.key"));
    private final Select<AttributeType> type = new Select<>();
    private final Paragraph example = new Paragraph();
    private final TextArea choices = new TextArea(t("attributes.choices"));
    private final Paragraph problem = new Paragraph();
    private final transient AttributeDefinitions definitions;
    private final transient @Nullable CustomerAttribute attribute;
    private final transient Runnable saved;
    private boolean keyTyped;

    /** Defines what a column of a file is, beginning with what its cells look like. */
    AttributeDialog(AttributeDefinitions definitions, AttributeGuess guess, Runnable saved) {
        this(definitions, (CustomerAttribute) null, saved);
        name.setValue(guess.name().length() > 100 ? guess.name().substring(0, 100) : guess.name());
        type.setValue(guess.type());
        choices.setValue(String.join("\n", guess.choices()));
        choices.setHelperText(t("attributes.choices_of_file", CustomerAttribute.MOST_CHOICES));
    }

    AttributeDialog(AttributeDefinitions definitions, @Nullable CustomerAttribute attribute, Runnable saved) {
        this.definitions = definitions;
        this.attribute = attribute;
        this.saved = saved;
        addClassName("attribute-dialog");
        setHeaderTitle(attribute == null ? t("attributes.define") : t("attributes.edit_title", attribute.name()));
        name.setMaxLength(100);
        name.setRequiredIndicatorVisible(true);
        name.setValueChangeMode(ValueChangeMode.EAGER);
        key.setMaxLength(60);
        key.setHelperText(t("attributes.key_hint"));
        type.setLabel(t("attributes.type"));
        type.setItems(AttributeType.values());
        type.setItemLabelGenerator(one -> t("attributes.type." + word(one)));
        choices.setHelperText(t("attributes.choices_hint", CustomerAttribute.MOST_CHOICES));
        choices.setMinRows(4);
        choices.setMaxRows(12);
        problem.addClassName("attribute-problem");
        problem.getElement().setAttribute("role", "alert");
        example.addClassName("attribute-example");
        type.addValueChangeListener(e -> {
            choices.setVisible(e.getValue().hasChoices());
            example.setText(t("attributes.example." + word(e.getValue())));
        });
        if (attribute == null) {
            name.addValueChangeListener(e -> {
                if (!keyTyped) {
                    key.setValue(AttributeDefinitions.keyOf(e.getValue()));
                }
            });
            key.addValueChangeListener(e -> keyTyped |= e.isFromClient());
            type.setValue(AttributeType.TEXT);
        } else {
            name.setValue(attribute.name());
            key.setValue(attribute.key());
            key.setReadOnly(true);
            type.setValue(attribute.type());
            type.setReadOnly(true);
            choices.setValue(String.join(
                    "\n",
                    attribute.offered().stream().map(AttributeChoice::name).toList()));
            if (attribute.type().hasChoices()) {
                choices.setHelperText(t("attributes.choices_edit_hint"));
            }
        }
        Div form = new Div(name, type, example, choices, key, problem);
        form.addClassName("attribute-form");
        add(form);
        Button save = new Button(t(attribute == null ? "attributes.add" : "customers.save"), e -> save());
        save.addThemeVariants(ButtonVariant.PRIMARY);
        getFooter().add(new Button(t("customers.cancel"), e -> close()), save);
        name.focus();
    }

    private void save() {
        List<String> names = choices.getValue()
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
        try {
            if (attribute == null) {
                definitions.define(key.getValue().strip(), name.getValue(), type.getValue(), names);
                Toasts.success(t("attributes.added", name.getValue().strip()));
            } else {
                definitions.change(
                        attribute.id(), name.getValue(), attribute.type().hasChoices() ? numbered(names) : null);
                Toasts.success(t("customers.saved"));
            }
        } catch (InvalidAttribute e) {
            problem.setText(e.getMessage());
            return;
        }
        close();
        saved.run();
    }

    /**
     * A line that a choice is named by means that choice. A new line takes the place of the choice that stood on that
     * line if that one's name is gone: it was renamed.
     */
    private List<AttributeChoice> numbered(List<String> names) {
        CustomerAttribute old = attribute;
        List<AttributeChoice> before = old == null ? List.of() : old.offered();
        Set<Integer> taken = new HashSet<>();
        List<AttributeChoice> numbered = new ArrayList<>();
        for (String line : names) {
            numbered.add(before.stream()
                    .filter(choice -> choice.name().equalsIgnoreCase(line) && taken.add(choice.number()))
                    .findFirst()
                    .map(choice -> new AttributeChoice(choice.number(), line, false))
                    .orElse(new AttributeChoice(0, line, false)));
        }
        if (names.size() == before.size()) {
            for (int i = 0; i < names.size(); i++) {
                if (numbered.get(i).number() == 0 && taken.add(before.get(i).number())) {
                    numbered.set(i, new AttributeChoice(before.get(i).number(), names.get(i), false));
                }
            }
        }
        return numbered;
    }

    private static String word(AttributeType type) {
        return type.name().toLowerCase(Locale.ROOT);
    }
}
