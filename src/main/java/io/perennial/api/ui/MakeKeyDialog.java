package io.perennial.api.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.checkbox.CheckboxGroup;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import io.perennial.accounts.CurrentStaff;
import io.perennial.accounts.Permission;
import io.perennial.accounts.StepUp;
import io.perennial.api.ApiKeys;
import io.perennial.api.ApiScopes;
import io.perennial.uikit.CopyButton;
import io.perennial.uikit.Toasts;
import java.time.LocalDate;
import java.time.ZoneId;

/** Makes a key, and then shows it: this once. */
class MakeKeyDialog extends Dialog {

    private static final int YEAR = 365;
    private static final int NEVER = 0;

    private final transient ApiKeys keys;
    private final ZoneId zone;
    private final transient StepUp proof;
    private final transient Runnable afterwards;
    private final TextField name = new TextField(t("api.name"));
    private final CheckboxGroup<Permission> scopes = new CheckboxGroup<>(t("api.scopes"));
    private final Select<Integer> ends = new Select<>();

    MakeKeyDialog(ApiKeys keys, ZoneId zone, StepUp proof, Runnable afterwards) {
        this.keys = keys;
        this.proof = proof;
        this.zone = zone;
        this.afterwards = afterwards;
        setHeaderTitle(t("api.make"));
        setWidth("min(520px, 100%)");
        name.setHelperText(t("api.name_hint"));
        name.setMaxLength(ApiKeys.LONGEST_NAME);
        name.setRequiredIndicatorVisible(true);
        name.setErrorMessage(t("api.name_missing"));
        scopes.setItems(ApiScopes.ALL.stream().filter(CurrentStaff::may).toList());
        scopes.setItemLabelGenerator(scope -> t("api.scope." + scope.authority().replace(':', '_')));
        scopes.setErrorMessage(t("api.scopes_missing"));
        scopes.addThemeName("vertical");
        ends.setLabel(t("api.ends"));
        ends.setItems(30, 90, YEAR, NEVER);
        ends.setItemLabelGenerator(days ->
                days == NEVER ? t("api.ends.never") : days == YEAR ? t("api.ends.year") : t("api.ends.days", days));
        ends.setValue(YEAR);
        ends.setHelperText(t("api.ends_hint"));
        Div form = new Div(name, scopes, ends);
        form.addClassNames("settings-fields", "wide-fields");
        add(form);
        Button make = new Button(t("api.make"), e -> check());
        make.addThemeVariants(ButtonVariant.PRIMARY);
        getFooter().add(new Button(t("api.cancel"), e -> close()), make);
        name.focus();
    }

    /** A proof that was fresh when the dialog opened may be too old by now. */
    private void check() {
        name.setInvalid(name.getValue().isBlank());
        scopes.setInvalid(scopes.getValue().isEmpty());
        if (name.isInvalid() || scopes.isInvalid()) {
            return;
        }
        proof.then(this::make);
    }

    private void make() {
        int days = ends.getValue();
        try {
            ApiKeys.Made made = keys.make(
                    name.getValue(),
                    scopes.getValue(),
                    days == NEVER
                            ? null
                            : LocalDate.now(zone)
                                    .plusDays(days + 1L)
                                    .atStartOfDay(zone)
                                    .toInstant());
            afterwards.run();
            show(made.text().reveal());
        } catch (IllegalStateException e) {
            Toasts.error(t("api.too_many", ApiKeys.MOST));
        }
    }

    private void show(String key) {
        removeAll();
        getFooter().removeAll();
        setHeaderTitle(t("api.shown_once"));
        setCloseOnEsc(false);
        setCloseOnOutsideClick(false);
        TextArea text = new TextArea(t("api.key"));
        text.setValue(key);
        text.setReadOnly(true);
        text.setWidthFull();
        text.setAutoselect(true);
        Div shown = new Div(new Paragraph(t("api.shown_once_hint")), text);
        add(shown);
        CopyButton copy = CopyButton.of(key);
        Button done = new Button(t("api.done"), e -> close());
        done.addThemeVariants(ButtonVariant.PRIMARY);
        getFooter().add(copy, done);
        copy.focus();
    }
}
