package io.perennial.shell;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.contextmenu.MenuItem;
import com.vaadin.flow.component.contextmenu.SubMenu;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.menubar.MenuBar;
import com.vaadin.flow.component.menubar.MenuBarVariant;
import io.perennial.accounts.Membership;
import io.perennial.accounts.StaffPrincipal;
import io.perennial.uikit.NameAvatar;
import io.perennial.uikit.Toasts;
import java.util.List;

/** Shows the business being worked in and leads to the person's others. */
class BusinessSwitcher extends MenuBar {

    BusinessSwitcher(StaffPrincipal staff, List<Membership> memberships, BusinessSwitch businessSwitch) {
        addThemeVariants(MenuBarVariant.TERTIARY);
        addClassNames("shell-menu", "business-switcher");
        MenuItem current = addItem(face(staff.current()));
        current.setAriaLabel(t("shell.business_current", staff.current().businessName()));
        if (memberships.size() > 1 || businessSwitch.foundsOthers()) {
            current.add(Icons.of("switch"));
            SubMenu others = current.getSubMenu();
            memberships.forEach(membership -> {
                MenuItem item = others.addItem(face(membership), e -> {
                    if (!membership.tenant().equals(staff.tenant()) && !businessSwitch.to(membership.tenant())) {
                        Toasts.error(t("shell.switch_gone", membership.businessName()));
                    }
                });
                if (membership.tenant().equals(staff.tenant())) {
                    item.add(Icons.of("check"));
                    item.getElement().setAttribute("aria-current", "true");
                }
            });
            if (businessSwitch.foundsOthers()) {
                Div entry = new Div(Icons.of("plus"), new Span(t("shell.another")));
                entry.addClassName("menu-entry");
                others.addItem(entry, e -> UI.getCurrent().navigate(NewBusinessView.class));
            }
        }
    }

    private static Div face(Membership membership) {
        NameAvatar avatar = new NameAvatar(membership.businessName());
        avatar.addClassName("business-avatar");
        Span name = new Span(membership.businessName());
        name.addClassName("face-name");
        Span role = new Span(membership.staffRole().label());
        role.addClassName("face-note");
        Div words = new Div(name, role);
        words.addClassName("face-words");
        Div face = new Div(avatar, words);
        face.addClassName("face");
        return face;
    }
}
