package io.perennial.accounts.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.router.BeforeEvent;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.HasUrlParameter;
import com.vaadin.flow.router.Menu;
import com.vaadin.flow.router.NotFoundException;
import com.vaadin.flow.router.OptionalParameter;
import com.vaadin.flow.router.Route;
import io.perennial.accounts.Businesses;
import io.perennial.accounts.CurrentStaff;
import io.perennial.accounts.Invitations;
import io.perennial.accounts.Permission;
import io.perennial.accounts.Roles;
import io.perennial.accounts.SettingsParts;
import io.perennial.accounts.Staff;
import io.perennial.accounts.StepUp;
import io.perennial.uikit.PageHead;
import jakarta.annotation.security.RolesAllowed;
import org.jspecify.annotations.Nullable;

/** How the business presents itself and counts ({@code settings}), and who works in it ({@code settings/people}). */
@Route("settings")
@Menu(title = "accounts.menu", icon = "vaadin:cog-o", order = 90)
@RolesAllowed(Permission.Names.SETTINGS_READ)
class SettingsView extends Main implements HasUrlParameter<String>, HasDynamicTitle {

    private static final String PEOPLE = "people";

    private final Businesses businesses;
    private final Staff staff;
    private final Roles roles;
    private final Invitations invitations;
    private final SettingsParts parts;
    private final StepUp proof;
    private final PageHead head;

    SettingsView(
            Businesses businesses,
            Staff staff,
            Roles roles,
            Invitations invitations,
            SettingsParts parts,
            StepUp proof) {
        this.businesses = businesses;
        this.proof = proof;
        this.staff = staff;
        this.roles = roles;
        this.invitations = invitations;
        this.parts = parts;
        addClassNames("page", "settings");
        String lead = CurrentStaff.may(Permission.SETTINGS_WRITE)
                ? t("accounts.settings_lead")
                : t("accounts.settings_read_only");
        head = new PageHead(t("accounts.menu"), lead);
    }

    @Override
    public void setParameter(BeforeEvent event, @OptionalParameter @Nullable String part) {
        boolean people = PEOPLE.equals(part) && CurrentStaff.may(Permission.STAFF_MANAGE);
        if (part != null && !people) {
            throw new NotFoundException();
        }
        removeAll();
        add(
                head,
                parts.nav(people ? "settings/" + PEOPLE : "settings"),
                people
                        ? new StaffList(
                                staff,
                                roles,
                                invitations,
                                proof,
                                businesses.current().name())
                        : new BusinessForm(businesses));
    }

    @Override
    public String getPageTitle() {
        return t("accounts.menu");
    }
}
