package io.perennial.shell;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.ComponentUtil;
import com.vaadin.flow.component.DetachEvent;
import com.vaadin.flow.component.HasElement;
import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.KeyModifier;
import com.vaadin.flow.component.Shortcuts;
import com.vaadin.flow.component.applayout.AppLayout;
import com.vaadin.flow.component.applayout.DrawerToggle;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.orderedlayout.Scroller;
import com.vaadin.flow.router.AfterNavigationEvent;
import com.vaadin.flow.router.AfterNavigationObserver;
import com.vaadin.flow.router.Layout;
import com.vaadin.flow.router.NavigationTrigger;
import com.vaadin.flow.shared.Registration;
import com.vaadin.flow.spring.security.AuthenticationContext;
import io.perennial.accounts.BusinessStanding;
import io.perennial.accounts.BusinessStandings;
import io.perennial.accounts.Businesses;
import io.perennial.accounts.CurrentStaff;
import io.perennial.accounts.Membership;
import io.perennial.accounts.OperatorVisits;
import io.perennial.accounts.StaffPrincipal;
import io.perennial.uikit.NamesChanged;
import jakarta.annotation.security.PermitAll;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The frame of the console: navigation by task at the left, the business on top, the user below, search everywhere. */
@Layout
@PermitAll
class MainLayout extends AppLayout implements AfterNavigationObserver {

    private final transient AuthenticationContext authentication;
    private final transient BusinessSwitch businessSwitch;
    private final transient ConsoleSearch search;
    private final transient Businesses businesses;
    private final transient BusinessStandings standings;
    private final transient OperatorVisits visits;
    private final Span business = new Span();
    private final List<Component> drawer = new ArrayList<>();
    private @Nullable Shown shown;
    private @Nullable Registration named;
    private @Nullable SearchDialog searching;

    /** What the drawer was built from. */
    private record Shown(String name, Membership current, List<Membership> all) {

        static Shown of(StaffPrincipal staff, BusinessSwitch businesses) {
            return new Shown(staff.displayName(), staff.current(), businesses.choices());
        }
    }

    MainLayout(
            AuthenticationContext authentication,
            BusinessSwitch businessSwitch,
            ConsoleSearch search,
            Businesses businesses,
            BusinessStandings standings,
            OperatorVisits visits) {
        this.authentication = authentication;
        this.businessSwitch = businessSwitch;
        this.search = search;
        this.businesses = businesses;
        this.standings = standings;
        this.visits = visits;
        setPrimarySection(Section.DRAWER);
        DrawerToggle toggle = new DrawerToggle();
        toggle.setAriaLabel(t("shell.navigation_toggle"));
        business.addClassName("topbar-title");
        addToNavbar(new SkipLink(), toggle, business, new SearchButton(this::search));
        Shortcuts.addShortcutListener(this, this::search, Key.KEY_K, KeyModifier.CONTROL);
        Shortcuts.addShortcutListener(this, this::search, Key.KEY_K, KeyModifier.META);
    }

    /** Below a notice, while the business may not work or an operator is inside it. */
    @Override
    public void showRouterLayoutContent(HasElement content) {
        List<Component> notices = notices();
        if (notices.isEmpty()) {
            super.showRouterLayoutContent(content);
            return;
        }
        Div column = new Div(notices.toArray(Component[]::new));
        column.addClassName("standing-column");
        column.getElement().appendChild(content.getElement());
        setContent(column);
    }

    /** A frame that fails would take down with it the page that says so: what cannot be shown is said with its id. */
    private List<Component> notices() {
        try {
            List<Component> notices = new ArrayList<>();
            visiting()
                    .ifPresent(
                            visit -> notices.add(new VisitNotice(visits, businessSwitch, businesses.current(), visit)));
            boolean stopped = CurrentStaff.find()
                    .filter(staff -> !staff.current().atWork())
                    .isPresent();
            BusinessStanding standing = stopped ? standings.current() : null;
            if (standing != null && !standing.isAtWork()) {
                notices.add(new StandingNotice(businesses.current(), standing));
            }
            return notices;
        } catch (RuntimeException e) {
            return List.of(fault(e));
        }
    }

    private static Div fault(RuntimeException e) {
        Div fault = new Div(UnexpectedErrors.ofFrame(e));
        fault.addClassName("frame-fault");
        fault.getElement().setAttribute("role", "alert");
        return fault;
    }

    private Optional<OperatorVisits.Standing> visiting() {
        return CurrentStaff.find().flatMap(StaffPrincipal::visit).isPresent() ? visits.current() : Optional.empty();
    }

    /**
     * What had the focus is gone with the page it was on: the next key would begin somewhere at the end. Whoever reads the
     * page, or goes on by keyboard, begins at its title; a field that asks for the focus itself keeps it.
     */
    private void focusTitle() {
        getElement().executeJs("""
            setTimeout(() => {
              const title = this.querySelector('h1');
              if (title && (document.activeElement === document.body || !document.activeElement)) {
                title.tabIndex = -1;
                title.focus({ preventScroll: true });
              }
            });\
            """);
    }

    /** A role changed meanwhile shows with the next page, and so does a business joined, left or renamed. */
    @Override
    public void afterNavigation(AfterNavigationEvent event) {
        if (searching != null) {
            searching.close();
        }
        if (event.getLocationChangeEvent().getTrigger() != NavigationTrigger.PAGE_LOAD) {
            focusTitle();
        }
        try {
            CurrentStaff.find().ifPresent(this::fill);
        } catch (RuntimeException e) {
            shown = null; // the next page tries again
            drawer.forEach(this::remove);
            drawer.clear();
            drawer.add(fault(e));
            addToDrawer(drawer.getFirst());
        }
    }

    @Override
    protected void onAttach(AttachEvent event) {
        super.onAttach(event);
        named = ComponentUtil.addListener(
                event.getUI(),
                NamesChanged.class,
                e -> businessSwitch.asTheyAreNow().ifPresent(this::fill));
    }

    @Override
    protected void onDetach(DetachEvent event) {
        super.onDetach(event);
        if (named != null) {
            named.remove();
            named = null;
        }
    }

    private void fill(StaffPrincipal staff) {
        getUI().ifPresent(RightsNotice::drawn);
        Shown now = Shown.of(staff, businessSwitch);
        if (now.equals(shown)) {
            return;
        }
        shown = now;
        drawer.forEach(this::remove);
        drawer.clear();
        business.setText(staff.current().businessName());
        Navigation navigation = new Navigation();
        Rail rail = new Rail(folded -> {
            setClassName("rail", folded);
            navigation.showTooltips(folded);
        });
        Div brand = Brand.line();
        brand.add(rail);
        Div top =
                new Div(brand, new BusinessSwitcher(staff, now.all(), businessSwitch), new SearchButton(this::search));
        top.addClassName("drawer-head");
        Div bottom = new Div(new UserMenu(staff, authentication));
        bottom.addClassName("drawer-foot");
        drawer.addAll(List.of(new SkipLink(), top, new Scroller(navigation), bottom));
        drawer.forEach(this::addToDrawer);
    }

    private void search() {
        if (searching == null || !searching.isOpened()) {
            searching = new SearchDialog(search);
            searching.open();
        }
    }
}
