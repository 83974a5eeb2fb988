package io.perennial.webhooks.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.TextArea;
import io.perennial.uikit.CopyButton;
import io.perennial.webhooks.WebhookSecret;

/** Shows a secret, this once. */
class SecretDialog extends Dialog {

    SecretDialog(WebhookSecret secret) {
        setHeaderTitle(t("webhooks.shown_once"));
        setWidth("min(560px, 100%)");
        setCloseOnEsc(false);
        setCloseOnOutsideClick(false);
        TextArea text = new TextArea(t("webhooks.secret"));
        text.setValue(secret.reveal());
        text.setReadOnly(true);
        text.setWidthFull();
        text.setAutoselect(true);
        add(new Paragraph(t("webhooks.shown_once_hint")), text);
        CopyButton copy = CopyButton.of(secret.reveal());
        Button done = new Button(t("webhooks.done"), e -> close());
        done.addThemeVariants(ButtonVariant.PRIMARY);
        getFooter().add(copy, done);
        copy.focus();
    }
}
