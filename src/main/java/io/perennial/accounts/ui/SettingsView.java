package io.perennial.accounts.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.tabs.Tab;
import com.vaadin.flow.component.tabs.TabSheet;
import com.vaadin.flow.router.BeforeEvent;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.HasUrlParameter;
import com.vaadin.flow.router.Menu;
import com.vaadin.flow.router.OptionalParameter;
import com.vaadin.flow.router.Route;
import io.perennial.accounts.Businesses;
import io.perennial.accounts.CurrentStaff;
import io.perennial.accounts.Permission;
import io.perennial.accounts.Staff;
import io.perennial.uikit.PageHead;
import jakarta.annotation.security.RolesAllowed;
import org.jspecify.annotations.Nullable;

/** How the business presents itself and counts, and who works in it. */
@Route("settings")
@Menu(title = "accounts.menu", icon = "vaadin:cog-o", order = 90)
@RolesAllowed(Permission.Names.SETTINGS_READ)
class SettingsView extends Main implements HasUrlParameter<String>, HasDynamicTitle {

    private static final String PEOPLE = "people";

    private final TabSheet tabs = new TabSheet();
    private final @Nullable Tab people;

    SettingsView(Businesses businesses, Staff staff) {
        addClassNames("page", "settings");
        String lead = CurrentStaff.may(Permission.SETTINGS_WRITE)
                ? t("accounts.settings_lead")
                : t("accounts.settings_read_only");
        add(new PageHead(t("accounts.menu"), lead), tabs);
        tabs.add(t("accounts.tab_business"), new BusinessForm(businesses));
        people = CurrentStaff.may(Permission.STAFF_MANAGE)
                ? tabs.add(
                        t("accounts.tab_people"),
                        new StaffList(staff, businesses.current().name()))
                : null;
        tabs.addSelectedChangeListener(e -> {
            if (e.isFromClient()) {
                UI.getCurrent()
                        .getPage()
                        .getHistory()
                        .replaceState(null, e.getSelectedTab() == people ? "settings/" + PEOPLE : "settings");
            }
        });
    }

    @Override
    public void setParameter(BeforeEvent event, @OptionalParameter @Nullable String tab) {
        if (PEOPLE.equals(tab) && people != null) {
            tabs.setSelectedTab(people);
        }
    }

    @Override
    public String getPageTitle() {
        return t("accounts.menu");
    }
}
