package io.perennial.accounts.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.textfield.PasswordField;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.server.VaadinSession;
import io.perennial.accounts.AddressChanges;
import io.perennial.accounts.Businesses;
import io.perennial.accounts.CurrentStaff;
import io.perennial.accounts.OwnProfile;
import io.perennial.accounts.StaffAccounts;
import io.perennial.accounts.StaffPrincipal;
import io.perennial.accounts.StaffRuleException;
import io.perennial.accounts.StaffRuleException.Rule;
import io.perennial.accounts.StepUp;
import io.perennial.accounts.signin.Identities;
import io.perennial.accounts.signin.Passkeys;
import io.perennial.accounts.signin.Providers;
import io.perennial.accounts.signin.SecondFactors;
import io.perennial.accounts.signin.StaffSessions;
import io.perennial.uikit.NamesChanged;
import io.perennial.uikit.PageHead;
import io.perennial.uikit.Reader;
import io.perennial.uikit.Toasts;
import jakarta.annotation.security.PermitAll;
import java.time.ZoneId;

/** Who one is, how one reads, and how one comes in. */
@Route("account")
@PermitAll
class AccountView extends Main implements HasDynamicTitle {

    private final StaffAccounts accounts;
    private final TextField name = new TextField(t("accounts.person_name"));
    private final PasswordField present = new PasswordField(t("accounts.present_password"));
    private final PasswordField fresh = new PasswordField(t("accounts.new_password"));

    AccountView(
            StaffAccounts accounts,
            StaffSessions sessions,
            SecondFactors factors,
            Passkeys passkeys,
            Providers providers,
            Identities identities,
            StepUp proof,
            OwnProfile profile,
            AddressChanges addresses,
            Businesses businesses) {
        this.accounts = accounts;
        addClassNames("page", "settings");
        StaffPrincipal me = CurrentStaff.find().orElseThrow();
        name.setValue(me.displayName());
        name.setMaxLength(120);
        name.setErrorMessage(t("accounts.person_name_missing"));
        present.getElement().setAttribute("autocomplete", "current-password");
        fresh.getElement().setAttribute("autocomplete", "new-password");
        fresh.setHelperText(t("accounts.new_password_hint"));
        Button rename = new Button(t("accounts.save_name"), e -> rename());
        Button change = new Button(t("accounts.change_password"), e -> changePassword());
        change.addThemeVariants(ButtonVariant.PRIMARY);
        boolean withPassword = accounts.haveIAPassword();
        ZoneId zone = Reader.zone(businesses.current().zone());
        add(
                new PageHead(t("accounts.account"), t("accounts.account_lead")),
                group("name", name, rename),
                group("reading", new ReadingForm(profile, businesses.current().zone())),
                group("address", new AddressForm(addresses, proof, me.getUsername())),
                withPassword ? group("password", present, fresh, change) : noPassword(),
                group("passkeys", new PasskeyPanel(passkeys, factors, proof, zone)),
                group("factor", new FactorPanel(factors, proof)),
                providers(providers, identities, proof, zone, withPassword),
                group("sessions", new SessionList(sessions, zone)));
    }

    /** There is nothing to type as the present one; the mail shows whose account it is. */
    private static Section noPassword() {
        Anchor byMail = new Anchor("sign-in/forgot", t("accounts.no_password_button"));
        byMail.setRouterIgnore(true);
        byMail.addClassName("button-link");
        return group("password", new Paragraph(t("accounts.no_password")), byMail);
    }

    private static Component providers(
            Providers providers, Identities identities, StepUp proof, ZoneId zone, boolean withPassword) {
        return providers.choices().isEmpty() && identities.mine().isEmpty()
                ? new Div()
                : group("providers", new ProviderPanel(providers, identities, proof, zone, withPassword));
    }

    private static Section group(String key, Component... fields) {
        Div words = new Div(new H2(t("accounts.me_" + key)), new Paragraph(t("accounts.me_" + key + "_hint")));
        words.addClassName("settings-words");
        Div form = new Div(fields);
        form.addClassName("settings-fields");
        Section section = new Section(words, form);
        section.addClassName("settings-group");
        return section;
    }

    private void rename() {
        name.setInvalid(name.getValue().isBlank());
        if (!name.isInvalid()) {
            accounts.rename(name.getValue());
            NamesChanged.tell(UI.getCurrent());
            Toasts.success(t("accounts.name_saved"));
        }
    }

    private void changePassword() {
        present.setInvalid(false);
        fresh.setInvalid(false);
        try {
            accounts.changePassword(present.getValue(), fresh.getValue());
            // All sessions are over now, this one too: out by the front door, with the reason.
            UI.getCurrent().getPage().setLocation("login?changed");
            VaadinSession.getCurrent().getSession().invalidate();
        } catch (StaffRuleException broken) {
            PasswordField field = broken.rule() == Rule.WRONG_PASSWORD ? present : fresh;
            field.setErrorMessage(StaffList.words(broken));
            field.setInvalid(true);
        }
    }

    @Override
    public String getPageTitle() {
        return t("accounts.account");
    }
}
