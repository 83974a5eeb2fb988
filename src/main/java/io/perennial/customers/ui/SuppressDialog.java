package io.perennial.customers.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import io.perennial.customers.SuppressionList;
import io.perennial.uikit.Toasts;

/** Puts one address or a pasted list on the suppression list. */
class SuppressDialog extends Dialog {

    private final transient SuppressionList list;
    private final TextArea addresses = new TextArea(t("privacy.suppressed.addresses"));
    private final TextField why = new TextField(t("privacy.suppressed.why"));
    private final Paragraph result = new Paragraph();
    private final Runnable added;

    SuppressDialog(SuppressionList list, Runnable added) {
        this.list = list;
        this.added = added;
        addClassName("topic-dialog");
        setHeaderTitle(t("privacy.suppressed.add"));
        addresses.setMinRows(6);
        addresses.setMaxRows(12);
        addresses.setHelperText(t("privacy.suppressed.addresses_hint", SuppressionList.MOST_AT_ONCE));
        why.setMaxLength(500);
        why.setPlaceholder(t("privacy.suppressed.why_example"));
        result.setVisible(false);
        result.addClassNames("profile-note", "tone-attention");
        add(addresses, why, result);
        Button save = new Button(t("privacy.suppressed.add_now"), e -> save());
        save.addThemeVariants(ButtonVariant.PRIMARY);
        getFooter().add(new Button(t("customers.cancel"), e -> close()), save);
    }

    private void save() {
        addresses.setInvalid(false);
        String by = CustomerView.staff() + (why.isEmpty() ? "" : ": " + why.getValue());
        SuppressionList.Added done;
        try {
            done = list.add(addresses.getValue(), by);
        } catch (IllegalArgumentException e) {
            refuse(t("privacy.suppressed.too_many", SuppressionList.MOST_AT_ONCE));
            return;
        }
        if (done.added() + done.already() == 0) {
            refuse(t("privacy.suppressed.no_address"));
            return;
        }
        added.run();
        Toasts.success(t("privacy.suppressed.added", done.added(), done.already()));
        if (done.unreadCount() == 0) {
            close();
            return;
        }
        addresses.setValue(String.join("\n", done.unread()));
        result.setText(t("privacy.suppressed.unread", done.unreadCount()));
        result.setVisible(true);
    }

    private void refuse(String words) {
        addresses.setErrorMessage(words);
        addresses.setInvalid(true);
        addresses.focus();
    }
}
