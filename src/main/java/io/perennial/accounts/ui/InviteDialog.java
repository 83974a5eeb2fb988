package io.perennial.accounts.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import com.vaadin.flow.component.textfield.EmailField;
import com.vaadin.flow.data.renderer.ComponentRenderer;
import io.perennial.accounts.Invitations;
import io.perennial.accounts.Role;
import io.perennial.accounts.StaffRole;
import io.perennial.accounts.StaffRuleException;
import io.perennial.accounts.StepUp;
import io.perennial.kernel.EmailAddress;
import io.perennial.uikit.Toasts;
import java.util.List;
import java.util.Optional;

/** Invites a person by mail, as what. */
class InviteDialog extends Dialog {

    private final Invitations invitations;
    private final StepUp proof;
    private final Runnable afterwards;
    private final EmailField email = BusinessForm.emailField(t("accounts.email"));
    private final RadioButtonGroup<StaffRole> role = new RadioButtonGroup<>(t("accounts.role"));

    InviteDialog(
            Invitations invitations, List<StaffRole> givable, String businessName, StepUp proof, Runnable afterwards) {
        this.invitations = invitations;
        this.proof = proof;
        this.afterwards = afterwards;
        setHeaderTitle(t("accounts.invite_to", businessName));
        setWidth("min(480px, 100%)");
        addClassName("add-person");
        email.setRequiredIndicatorVisible(true);
        email.setErrorMessage(t("accounts.email_invalid"));
        role.setItems(givable);
        role.setRenderer(new ComponentRenderer<>(InviteDialog::roleWords));
        role.setValue(givable.stream()
                .filter(each -> each.role() == Role.MARKETER)
                .findFirst()
                .orElseGet(givable::getFirst));
        Div form = new Div(email, role);
        form.addClassName("settings-fields");
        add(new Paragraph(t("accounts.invite_hint", Invitations.DAYS)), form);
        Button invite = new Button(t("accounts.invite_send"), e -> submit());
        invite.addThemeVariants(ButtonVariant.PRIMARY);
        invite.addClickShortcut(Key.ENTER).listenOn(email);
        getFooter().add(new Button(t("accounts.cancel"), e -> close()), invite);
        email.focus();
    }

    static Div roleWords(StaffRole role) {
        Span name = new Span(role.label());
        name.addClassName("face-name");
        Span what = new Span(role.explanation());
        what.addClassName("role-explanation");
        Div words = new Div(name, what);
        words.addClassName("face-words");
        return words;
    }

    private void submit() {
        Optional<EmailAddress> address = EmailAddress.parse(email.getValue());
        if (address.isEmpty()) {
            email.setErrorMessage(t("accounts.email_invalid"));
            email.setInvalid(true);
            email.focus();
            return;
        }
        proof.then(() -> invite(address.get()));
    }

    private void invite(EmailAddress address) {
        try {
            invitations.invite(address, role.getValue());
            Toasts.success(t("accounts.invited", address.value()));
            close();
            afterwards.run();
        } catch (StaffRuleException broken) {
            email.setErrorMessage(StaffList.words(broken));
            email.setInvalid(true);
        }
    }
}
