package io.perennial.accounts.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.TextField;
import io.perennial.accounts.PasskeyScript;
import io.perennial.accounts.StaffRuleException;
import io.perennial.accounts.signin.Passkey;
import io.perennial.accounts.signin.PasskeyCeremony;
import io.perennial.accounts.signin.Passkeys;
import io.perennial.uikit.Toasts;
import java.util.List;

/** Has the browser make a passkey. */
class PasskeyDialog extends Dialog {

    private final Passkeys passkeys;
    private final Runnable afterwards;
    private final TextField name = new TextField(t("accounts.passkey.name"));
    private final Paragraph problem = new Paragraph();
    private final Button go = new Button(t("accounts.passkey.make"), e -> make());
    private PasskeyCeremony asked;

    /** @throws StaffRuleException if the person has as many as they may */
    PasskeyDialog(Passkeys passkeys, Runnable afterwards) {
        this.passkeys = passkeys;
        this.afterwards = afterwards;
        this.asked = passkeys.askForNew();
        setHeaderTitle(t("accounts.passkey.add"));
        setWidth("min(440px, 100%)");
        name.setMaxLength(Passkey.LONGEST_NAME);
        name.setHelperText(t("accounts.passkey.name_hint"));
        name.setValue(passkeys.suggestedName());
        name.setWidthFull();
        problem.addClassName("dialog-problem");
        problem.getElement().setAttribute("role", "alert");
        problem.setVisible(false);
        go.addThemeVariants(ButtonVariant.PRIMARY);
        go.addClickShortcut(Key.ENTER);
        add(new Paragraph(t("accounts.passkey.make_hint")), name, problem);
        getFooter().add(new Button(t("accounts.cancel"), e -> close()), go);
        name.focus();
    }

    private void make() {
        problem.setVisible(false);
        go.setEnabled(false);
        PasskeyScript.make(this, asked, this::made, this::refuse);
    }

    private void made(String answer) {
        try {
            List<String> codes = passkeys.add(asked, answer, name.getValue());
            close();
            Toasts.success(t("accounts.passkey.added"));
            if (codes.isEmpty()) {
                afterwards.run();
            } else {
                new CodesDialog(codes, "accounts.passkey.codes_hint", afterwards).open();
            }
        } catch (StaffRuleException broken) {
            refuse(StaffList.words(broken));
        }
    }

    /** A question goes once, so the next click asks a new one. */
    private void refuse(String why) {
        problem.setText(why);
        problem.setVisible(true);
        go.setEnabled(true);
        asked = passkeys.askForNew();
    }
}
