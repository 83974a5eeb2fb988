package io.perennial.shell;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.html.Nav;
import com.vaadin.flow.component.shared.Tooltip;
import com.vaadin.flow.component.sidenav.SideNav;
import com.vaadin.flow.component.sidenav.SideNavItem;
import com.vaadin.flow.server.menu.MenuConfiguration;
import com.vaadin.flow.server.menu.MenuEntry;
import java.util.ArrayList;
import java.util.List;

/** The pages by task; only those the signed-in person may open. Features join by {@code @Menu} and its order. */
class Navigation extends Nav {

    /**
     * @param from the lowest order of the group's entries
     * @param label key of its heading; empty for none
     */
    private record Group(double from, String label) {}

    private static final List<Group> GROUPS = List.of(
            new Group(Double.NEGATIVE_INFINITY, ""),
            new Group(10, "shell.group_people"),
            new Group(30, "shell.group_reach"),
            new Group(60, "shell.group_learn"),
            new Group(90, "shell.group_business"),
            new Group(200, "shell.group_platform"));

    private final List<SideNavItem> items = new ArrayList<>();

    Navigation() {
        addClassName("navigation");
        getElement().setAttribute("aria-label", t("shell.navigation"));
        List<MenuEntry> entries = MenuConfiguration.getMenuEntries();
        for (int i = 0; i < GROUPS.size(); i++) {
            double until = i + 1 < GROUPS.size() ? GROUPS.get(i + 1).from() : Double.POSITIVE_INFINITY;
            add(GROUPS.get(i), entries, until);
        }
    }

    private void add(Group group, List<MenuEntry> entries, double until) {
        SideNav nav = new SideNav();
        entries.stream()
                .filter(e -> order(e) >= group.from() && order(e) < until)
                .map(Navigation::item)
                .forEach(item -> {
                    nav.addItem(item);
                    items.add(item);
                });
        if (!nav.getItems().isEmpty()) {
            if (!group.label().isEmpty()) {
                nav.setLabel(t(group.label()));
            }
            add(nav);
        }
    }

    /** Folded to its icons, each entry says its name on hover and focus. */
    void showTooltips(boolean shown) {
        items.forEach(
                item -> item.setTooltipText(shown ? item.getLabel() : null).setPosition(Tooltip.TooltipPosition.END));
    }

    private static double order(MenuEntry entry) {
        return entry.order() == null ? 50 : entry.order();
    }

    private static SideNavItem item(MenuEntry entry) {
        SideNavItem item = new SideNavItem(t(entry.title()), entry.path());
        item.setPrefixComponent(Icons.ofPage(entry.path(), entry.icon()));
        // A customer's profile is part of Customers: the entry stays marked below its path.
        item.setMatchNested(!entry.path().replace("/", "").isEmpty());
        return item;
    }
}
