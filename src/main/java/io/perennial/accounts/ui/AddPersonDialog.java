package io.perennial.accounts.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import com.vaadin.flow.component.textfield.EmailField;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.renderer.ComponentRenderer;
import io.perennial.accounts.Role;
import io.perennial.accounts.Staff;
import io.perennial.accounts.StaffRuleException;
import io.perennial.accounts.StaffRuleException.Rule;
import io.perennial.kernel.EmailAddress;
import io.perennial.uikit.Toasts;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.stream.Collectors;

/** Takes a person on, with a first password to hand over. */
class AddPersonDialog extends Dialog {

    private static final String LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"; // none that look alike
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Staff staff;
    private final Runnable afterwards;
    private final EmailField email = BusinessForm.emailField(t("accounts.email"));
    private final TextField name = new TextField(t("accounts.person_name"));
    private final TextField password = new TextField(t("accounts.first_password"));
    private final RadioButtonGroup<Role> role = new RadioButtonGroup<>(t("accounts.role"));

    AddPersonDialog(Staff staff, String businessName, Runnable afterwards) {
        this.staff = staff;
        this.afterwards = afterwards;
        setHeaderTitle(t("accounts.add_person_to", businessName));
        setWidth("min(480px, 100%)");
        addClassName("add-person");
        email.setRequiredIndicatorVisible(true);
        email.setErrorMessage(t("accounts.email_invalid"));
        name.setRequiredIndicatorVisible(true);
        name.setErrorMessage(t("accounts.person_name_missing"));
        name.setMaxLength(120);
        password.setValue(suggestion());
        password.setHelperText(t("accounts.first_password_hint"));
        password.getElement().setAttribute("autocomplete", "off");
        role.setItems(StaffList.givable());
        role.setRenderer(new ComponentRenderer<>(AddPersonDialog::roleWords));
        role.setValue(Role.MARKETER);
        Div form = new Div(email, name, password, role);
        form.addClassName("settings-fields");
        add(new Paragraph(t("accounts.add_person_hint")), form);
        Button add = new Button(t("accounts.add_person"), e -> submit());
        add.addThemeVariants(ButtonVariant.PRIMARY);
        getFooter().add(new Button(t("accounts.cancel"), e -> close()), add);
    }

    private static Div roleWords(Role role) {
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
        email.setInvalid(address.isEmpty());
        name.setInvalid(name.getValue().isBlank());
        if (address.isEmpty() || name.isInvalid()) {
            return;
        }
        try {
            boolean isNew = staff.add(address.get(), name.getValue().strip(), password.getValue(), role.getValue());
            Toasts.success(t(
                    isNew ? "accounts.person_added" : "accounts.known_person_added",
                    name.getValue().strip()));
            close();
            afterwards.run();
        } catch (StaffRuleException broken) {
            var field = broken.isAboutPassword() ? password : name;
            if (broken.rule() == Rule.ALREADY_MEMBER) {
                email.setErrorMessage(StaffList.words(broken));
                email.setInvalid(true);
            } else {
                field.setErrorMessage(StaffList.words(broken));
                field.setInvalid(true);
            }
        }
    }

    /** Three groups of five characters out of 31: 74 bits. */
    private static String suggestion() {
        String letters = RANDOM.ints(15, 0, LETTERS.length())
                .mapToObj(i -> LETTERS.substring(i, i + 1))
                .collect(Collectors.joining());
        return letters.substring(0, 5) + '-' + letters.substring(5, 10) + '-' + letters.substring(10);
    }
}
