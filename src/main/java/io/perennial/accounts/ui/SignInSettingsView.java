package io.perennial.accounts.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Route;
import io.perennial.accounts.Businesses;
import io.perennial.accounts.Permission;
import io.perennial.accounts.SettingsParts;
import io.perennial.accounts.StaffRuleException;
import io.perennial.accounts.StepUp;
import io.perennial.accounts.signin.OnlyProvider;
import io.perennial.accounts.signin.Providers;
import io.perennial.accounts.signin.SecondFactors;
import io.perennial.uikit.PageHead;
import io.perennial.uikit.Toasts;
import jakarta.annotation.security.RolesAllowed;

/** What the business asks of its people before they come in. */
@Route("settings/sign-in")
@RolesAllowed(Permission.Names.STAFF_MANAGE)
class SignInSettingsView extends Main implements HasDynamicTitle {

    private final SecondFactors factors;
    private final Checkbox required = new Checkbox();
    private final Paragraph coverage = new Paragraph();

    SignInSettingsView(
            SecondFactors factors,
            OnlyProvider only,
            Providers providers,
            Businesses businesses,
            SettingsParts parts,
            StepUp proof) {
        this.factors = factors;
        addClassNames("page", "settings");
        required.setLabel(t("accounts.signin.require", businesses.current().name()));
        required.addValueChangeListener(e -> {
            if (e.isFromClient()) {
                boolean wanted = e.getValue();
                required.setValue(!wanted); // until it is so
                proof.then(() -> require(wanted));
            }
        });
        Div words = new Div(new H2(t("accounts.signin.required")), new Paragraph(t("accounts.signin.required_hint")));
        words.addClassName("settings-words");
        Div fields = new Div(required, coverage);
        fields.addClassName("settings-fields");
        Section section = new Section(words, fields);
        section.addClassName("settings-group");
        add(new PageHead(t("accounts.menu"), t("accounts.signin.lead")), parts.nav("settings/sign-in"), section);
        if (OnlyProviderPart.isNeeded(only, providers)) {
            add(new OnlyProviderPart(only, providers, proof));
        }
        refresh();
    }

    private void refresh() {
        SecondFactors.Coverage now = factors.coverage();
        required.setValue(factors.isRequiredHere());
        coverage.setText(t("accounts.signin.coverage", now.people(), now.withFactor())
                + (required.getValue() ? "" : " " + t("accounts.signin.consequence", now.people() - now.withFactor())));
    }

    private void require(boolean wanted) {
        try {
            factors.requireHere(wanted);
            Toasts.success(t(wanted ? "accounts.signin.required_now" : "accounts.signin.optional_now"));
        } catch (StaffRuleException broken) {
            Toasts.error(StaffList.words(broken));
        }
        refresh();
    }

    @Override
    public String getPageTitle() {
        return t("accounts.tab_sign_in");
    }
}
