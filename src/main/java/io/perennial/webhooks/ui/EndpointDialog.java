package io.perennial.webhooks.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.checkbox.CheckboxGroup;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.textfield.TextField;
import io.perennial.accounts.StepUp;
import io.perennial.uikit.Toasts;
import io.perennial.webhooks.EventType;
import io.perennial.webhooks.WebhookEndpoint;
import io.perennial.webhooks.WebhookRefused;
import io.perennial.webhooks.Webhooks;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes an endpoint, whose secret it then shows this once, or changes one. */
class EndpointDialog extends Dialog {

    private final transient Webhooks webhooks;
    private final transient StepUp proof;
    private final transient Runnable afterwards;
    private final transient @Nullable WebhookEndpoint known;
    private final TextField url = new TextField(t("webhooks.url"));
    private final TextField description = new TextField(t("webhooks.description"));
    private final CheckboxGroup<EventType> types = new CheckboxGroup<>(t("webhooks.types"));
    private final Button all = new Button(t("webhooks.types_all"), e -> chooseAll());

    private EndpointDialog(Webhooks webhooks, StepUp proof, @Nullable WebhookEndpoint known, Runnable afterwards) {
        this.webhooks = webhooks;
        this.proof = proof;
        this.known = known;
        this.afterwards = afterwards;
        setHeaderTitle(t(known == null ? "webhooks.add" : "webhooks.edit_title"));
        setWidth("min(560px, 100%)");
        url.setHelperText(t("webhooks.url_hint"));
        url.setMaxLength(500);
        url.setRequiredIndicatorVisible(true);
        url.setPlaceholder("https://");
        description.setHelperText(t("webhooks.description_hint"));
        description.setMaxLength(Webhooks.LONGEST_DESCRIPTION);
        types.setItems(EventType.OFFERED);
        types.setItemLabelGenerator(type -> t(type.key()));
        types.setHelperText(t("webhooks.types_hint"));
        types.addClassName("two-columns");
        types.addValueChangeListener(e -> all.setText(t(isAll() ? "webhooks.types_none" : "webhooks.types_all")));
        all.addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.SMALL);
        if (known != null) {
            url.setValue(known.url());
            description.setValue(known.description());
            types.setValue(known.types());
        }
        Div form = new Div(url, description, all, types);
        form.addClassNames("settings-fields", "wide-fields");
        add(form);
        Button save = new Button(t(known == null ? "webhooks.add" : "webhooks.save"), e -> save());
        save.addThemeVariants(ButtonVariant.PRIMARY);
        getFooter().add(new Button(t("webhooks.cancel"), e -> close()), save);
        url.focus();
    }

    static EndpointDialog adding(Webhooks webhooks, StepUp proof, Runnable afterwards) {
        return new EndpointDialog(webhooks, proof, null, afterwards);
    }

    static EndpointDialog changing(Webhooks webhooks, StepUp proof, WebhookEndpoint known, Runnable afterwards) {
        return new EndpointDialog(webhooks, proof, known, afterwards);
    }

    private boolean isAll() {
        return types.getValue().size() == EventType.OFFERED.size();
    }

    private void chooseAll() {
        types.setValue(isAll() ? Set.of() : EventType.OFFERED);
    }

    private void save() {
        url.setInvalid(false);
        types.setInvalid(false);
        if (types.getValue().isEmpty()) {
            types.setErrorMessage(t("webhooks.refused.no_types"));
            types.setInvalid(true);
        }
        proof.then(() -> {
            try {
                if (known == null) {
                    Webhooks.Made made = webhooks.add(url.getValue(), description.getValue(), types.getValue());
                    close();
                    afterwards.run();
                    new SecretDialog(made.secret()).open();
                } else {
                    webhooks.change(known.id(), url.getValue(), description.getValue(), types.getValue());
                    close();
                    afterwards.run();
                    Toasts.success(t("webhooks.saved"));
                }
            } catch (WebhookRefused e) {
                refused(e);
            }
        });
    }

    private void refused(WebhookRefused e) {
        switch (e.key()) {
            case "webhooks.refused.no_types" -> {} // said above
            case "webhooks.refused.too_many" -> Toasts.error(t(e.key()));
            default -> {
                url.setErrorMessage(t(e.key()));
                url.setInvalid(true);
                url.focus();
            }
        }
    }
}
