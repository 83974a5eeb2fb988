package io.perennial.accounts;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.PasswordField;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.component.textfield.TextFieldBase;
import io.perennial.accounts.signin.PasskeyCeremony;
import io.perennial.accounts.signin.Proofs;
import io.perennial.accounts.signin.Providers;
import java.time.Duration;

/** Asks who is at work to show again that it is them. */
class ProofDialog extends Dialog {

    private final Proofs proofs;
    private final String address;
    private final Runnable deed;
    private final boolean byCode;
    private final TextFieldBase<?, String> answer;
    private final Paragraph problem = new Paragraph();

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
        boolean byPassword = proofs.isByPassword();
        boolean possible = proofs.isPossible();
        add(new Paragraph(t(question(byPassword, possible))));
        problem.addClassName("dialog-problem");
        problem.getElement().setAttribute("role", "alert");
        problem.setVisible(false);
        if (byCode || byPassword) {
            add(answer);
        } else {
            add(problem);
        }
        proofs.provider().ifPresent(each -> add(confirmation(each)));
        if (proofs.isByPasskey()) {
            PasskeyScript.load();
            Button passkey = new Button(t("accounts.proof.by_passkey"), e -> askForPasskey());
            passkey.setWidthFull();
            add(passkey);
        }
        if (!possible) {
            add(way("sign-in/forgot", t("accounts.no_password_button")));
        }
        Button go = new Button(t("accounts.proof.go_on"), e -> prove());
        go.addThemeVariants(ButtonVariant.PRIMARY);
        go.addClickShortcut(Key.ENTER);
        go.setVisible(possible);
        getFooter().add(new Button(t("accounts.cancel"), e -> close()), go);
        answer.focus();
    }

    private String question(boolean byPassword, boolean possible) {
        if (byCode) {
            return "accounts.proof.by_code";
        }
        if (byPassword) {
            return "accounts.proof.by_password";
        }
        return possible ? "accounts.proof.otherwise" : "accounts.proof.none";
    }

    private static Anchor confirmation(Providers.Choice provider) {
        return way("sign-in/with/" + provider.id() + "?prove", t("accounts.proof.by_provider", provider.name()));
    }

    /** In a tab of its own: this page, with what was about to be done, stays. */
    private static Anchor way(String href, String words) {
        Anchor there = new Anchor(href, words);
        there.setTarget("_blank");
        there.getElement().setAttribute("rel", "noopener");
        there.setRouterIgnore(true);
        there.addClassNames("button-link", "proof-way");
        return there;
    }

    private void prove() {
        if (proofs.isGiven()) {
            close();
            deed.run();
            return;
        }
        if (!answer.isAttached()) {
            refuse(t("accounts.proof.not_yet"));
            return;
        }
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
        problem.setText(why);
        problem.setVisible(true);
        answer.setErrorMessage(why);
        answer.setInvalid(true);
        answer.focus();
    }
}
