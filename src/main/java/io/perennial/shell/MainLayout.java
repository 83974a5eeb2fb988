package io.perennial.shell;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.applayout.AppLayout;
import com.vaadin.flow.component.applayout.DrawerToggle;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.orderedlayout.Scroller;
import com.vaadin.flow.router.AfterNavigationEvent;
import com.vaadin.flow.router.AfterNavigationObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Layout;
import com.vaadin.flow.spring.security.AuthenticationContext;
import io.perennial.accounts.CurrentStaff;
import jakarta.annotation.security.PermitAll;

/** The frame of the console: navigation by task at the left, the business on top, the user below. */
@Layout
@PermitAll
class MainLayout extends AppLayout implements AfterNavigationObserver {

    private final Span pageTitle = new Span();

    MainLayout(AuthenticationContext authentication, BusinessSwitch businessSwitch) {
        setPrimarySection(Section.DRAWER);
        DrawerToggle toggle = new DrawerToggle();
        toggle.setAriaLabel(t("shell.navigation_toggle"));
        pageTitle.addClassName("topbar-title");
        addToNavbar(toggle, pageTitle);
        CurrentStaff.find().ifPresent(staff -> {
            Div top = new Div(Brand.line(), new BusinessSwitcher(staff, businessSwitch));
            top.addClassName("drawer-head");
            Div bottom = new Div(new UserMenu(staff, authentication));
            bottom.addClassName("drawer-foot");
            addToDrawer(top, new Scroller(new Navigation()), bottom);
        });
    }

    @Override
    public void afterNavigation(AfterNavigationEvent event) {
        pageTitle.setText(event.getActiveChain().stream()
                .filter(HasDynamicTitle.class::isInstance)
                .map(view -> ((HasDynamicTitle) view).getPageTitle())
                .findFirst()
                .orElseGet(() -> t("shell.product")));
    }
}
