package io.perennial.shell;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.applayout.AppLayout;
import com.vaadin.flow.component.applayout.DrawerToggle;
import com.vaadin.flow.component.avatar.Avatar;
import com.vaadin.flow.component.contextmenu.SubMenu;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.Icon;
import com.vaadin.flow.component.menubar.MenuBar;
import com.vaadin.flow.component.menubar.MenuBarVariant;
import com.vaadin.flow.component.orderedlayout.Scroller;
import com.vaadin.flow.component.sidenav.SideNav;
import com.vaadin.flow.component.sidenav.SideNavItem;
import com.vaadin.flow.router.Layout;
import com.vaadin.flow.server.menu.MenuConfiguration;
import com.vaadin.flow.spring.security.AuthenticationContext;
import io.perennial.accounts.CurrentStaff;
import io.perennial.accounts.StaffPrincipal;
import jakarta.annotation.security.PermitAll;

/** The frame of the console: navigation by task at the left, the business on top, the user below. */
@Layout
@PermitAll
class MainLayout extends AppLayout {

    MainLayout(AuthenticationContext authentication) {
        setPrimarySection(Section.DRAWER);
        StaffPrincipal staff = CurrentStaff.find().orElseThrow();
        Span brand = new Span(t("shell.product"));
        brand.addClassName("brand");
        Div top = new Div(brand, new Span(staff.current().businessName()));
        top.addClassName("drawer-head");
        addToDrawer(top, new Scroller(navigation()), userMenu(staff, authentication));
        addToNavbar(true, new DrawerToggle());
    }

    private static SideNav navigation() {
        SideNav nav = new SideNav();
        MenuConfiguration.getMenuEntries().forEach(entry -> {
            SideNavItem item = new SideNavItem(t(entry.title()), entry.path());
            if (entry.icon() != null) {
                item.setPrefixComponent(new Icon(entry.icon()));
            }
            nav.addItem(item);
        });
        return nav;
    }

    private static MenuBar userMenu(StaffPrincipal staff, AuthenticationContext authentication) {
        MenuBar bar = new MenuBar();
        bar.addThemeVariants(MenuBarVariant.TERTIARY);
        bar.addClassName("user-menu");
        var item = bar.addItem(new Avatar(staff.displayName()));
        item.add(new Span(staff.displayName()));
        SubMenu menu = item.getSubMenu();
        menu.addItem(t("shell.sign_out"), e -> authentication.logout());
        return bar;
    }
}
