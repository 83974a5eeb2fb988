package io.perennial.accounts.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.EmailField;
import com.vaadin.flow.component.textfield.TextField;
import io.perennial.accounts.AddressChanges;
import io.perennial.accounts.StaffRuleException;
import io.perennial.accounts.StepUp;
import io.perennial.kernel.EmailAddress;
import java.util.Optional;

/** The address somebody signs in with, and the way to another one. */
class AddressForm extends Div {

    private final AddressChanges changes;
    private final StepUp proof;
    private final String present;
    private final EmailField fresh = BusinessForm.emailField(t("accounts.address.new"));
    private final Paragraph sent = new Paragraph();

    AddressForm(AddressChanges changes, StepUp proof, String present) {
        this.changes = changes;
        this.proof = proof;
        this.present = present;
        addClassName("settings-fields");
        TextField email = new TextField(t("accounts.email"));
        email.setValue(present);
        email.setReadOnly(true);
        email.setHelperText(t("accounts.email_fixed_hint"));
        fresh.setHelperText(t("accounts.address.new_hint"));
        fresh.getElement().setAttribute("autocomplete", "email");
        sent.getElement().setAttribute("role", "status");
        sent.setVisible(false);
        add(email, fresh, new Button(t("accounts.address.ask"), e -> ask()), sent);
    }

    private void ask() {
        Optional<EmailAddress> address = EmailAddress.parse(fresh.getValue());
        sent.setVisible(false);
        if (address.isEmpty()) {
            complain(t("accounts.email_invalid"));
        } else if (address.get().value().equals(present)) {
            complain(t("accounts.address.same"));
        } else {
            fresh.setInvalid(false);
            proof.then(() -> mail(address.get()));
        }
    }

    private void mail(EmailAddress address) {
        try {
            changes.ask(address);
            fresh.clear();
            sent.setText(t("accounts.address.sent", address.value(), AddressChanges.HOLDS.toHours()));
            sent.setVisible(true);
        } catch (StaffRuleException broken) {
            complain(StaffList.words(broken));
        }
    }

    private void complain(String words) {
        fresh.setErrorMessage(words);
        fresh.setInvalid(true);
        fresh.focus();
    }
}
