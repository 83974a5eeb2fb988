package io.perennial.accounts;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.PasswordField;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.component.textfield.TextFieldBase;
import io.perennial.accounts.signin.PasskeyCeremony;
import io.perennial.accounts.signin.Proofs;
import java.time.Duration;

/** Asks who is at work to show again that it is them. */
class ProofDialog extends Dialog {

    private final Proofs proofs;
    private final String address;
    private final Runnable deed;
    private final boolean byCode;
    private final TextFieldBase<?, String> answer;

    ProofDialog(Proofs proofs, String address, Runnable deed) {
        this.proofs = proofs;
        this.address = address;
        this.deed = deed;
        this.byCode = proofs.isByCode();
        this.answer =
                byCode ? new TextField(t("accounts.factor.code")) : new PasswordField(t("accounts.proof.password"));
        answer.getElement().setAttribute("autocomplete", byCode ? "one-time-code" : "current-password");
        answer.getElement().setProperty("maxlength", 200);
        answer.setWidthFull();
        setHeaderTitle(t("accounts.proof.title"));
        setWidth("min(400px, 100%)");
        add(new Paragraph(t(byCode ? "accounts.proof.by_code" : "accounts.proof.by_password")), answer);
        if (proofs.isByPasskey()) {
            PasskeyScript.load();
            Button passkey = new Button(t("accounts.proof.by_passkey"), e -> askForPasskey());
            passkey.setWidthFull();
            add(passkey);
        }
        Button go = new Button(t("accounts.proof.go_on"), e -> prove());
        go.addThemeVariants(ButtonVariant.PRIMARY);
        go.addClickShortcut(Key.ENTER);
        getFooter().add(new Button(t("accounts.cancel"), e -> close()), go);
        answer.focus();
    }

    private void prove() {
        Duration wait = proofs.begin(address);
        if (wait.isPositive()) {
            refuse(t("accounts.proof.wait", Math.max(1, wait.toSeconds())));
        } else if (proofs.prove(answer.getValue(), address)) {
            close();
            deed.run();
        } else {
            refuse(t(byCode ? "accounts.proof.wrong_code" : "accounts.rule_wrong_password"));
        }
    }

    private void askForPasskey() {
        Duration wait = proofs.begin(address);
        if (wait.isPositive()) {
            refuse(t("accounts.proof.wait", Math.max(1, wait.toSeconds())));
            return;
        }
        PasskeyCeremony asked = proofs.askForPasskey();
        PasskeyScript.use(this, asked, used -> takePasskey(asked, used), this::refuse);
    }

    private void takePasskey(PasskeyCeremony asked, String used) {
        if (proofs.prove(asked, used, address)) {
            close();
            deed.run();
        } else {
            refuse(t("accounts.passkey.not_right"));
        }
    }

    private void refuse(String why) {
        answer.setErrorMessage(why);
        answer.setInvalid(true);
        answer.focus();
    }
}
