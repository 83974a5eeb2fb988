package io.perennial.accounts.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.textfield.TextField;
import io.perennial.accounts.StaffRuleException;
import io.perennial.accounts.signin.Passkey;
import io.perennial.accounts.signin.Passkeys;
import io.perennial.uikit.Toasts;

/** Gives a passkey another name. */
class PasskeyNameDialog extends Dialog {

    private final Passkeys passkeys;
    private final Passkey passkey;
    private final Runnable afterwards;
    private final TextField name = new TextField(t("accounts.passkey.name"));

    PasskeyNameDialog(Passkeys passkeys, Passkey passkey, Runnable afterwards) {
        this.passkeys = passkeys;
        this.passkey = passkey;
        this.afterwards = afterwards;
        setHeaderTitle(t("accounts.passkey.rename_title"));
        setWidth("min(440px, 100%)");
        name.setMaxLength(Passkey.LONGEST_NAME);
        name.setErrorMessage(t("accounts.passkey.name_missing"));
        name.setValue(passkey.name());
        name.setWidthFull();
        Button go = new Button(t("accounts.passkey.rename"), e -> rename());
        go.addThemeVariants(ButtonVariant.PRIMARY);
        go.addClickShortcut(Key.ENTER);
        add(name);
        getFooter().add(new Button(t("accounts.cancel"), e -> close()), go);
        name.focus();
    }

    private void rename() {
        name.setInvalid(name.getValue().isBlank());
        if (name.isInvalid()) {
            return;
        }
        try {
            passkeys.rename(passkey.id(), name.getValue());
            Toasts.success(t("accounts.passkey.renamed"));
        } catch (StaffRuleException broken) {
            Toasts.error(StaffList.words(broken));
        }
        close();
        afterwards.run();
    }
}
