package io.perennial.segments.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.KeyModifier;
import com.vaadin.flow.component.Shortcuts;
import com.vaadin.flow.component.contextmenu.MenuItem;
import com.vaadin.flow.component.contextmenu.SubMenu;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.menubar.MenuBar;
import com.vaadin.flow.component.menubar.MenuBarVariant;

/** What can be done with a condition or a group as a whole; also by Alt and an arrow wherever one types in it. */
class PartMenu extends MenuBar {

    /** How its group does it. */
    interface Deeds {
        void remove();

        void duplicate();

        /**
         * @param steps below 0 is up
         */
        void move(int steps);
    }

    PartMenu(Component part, Deeds deeds, boolean isGroup) {
        addThemeVariants(MenuBarVariant.TERTIARY, MenuBarVariant.SMALL);
        addClassName("rule-menu");
        MenuItem root = addItem(VaadinIcon.ELLIPSIS_DOTS_V.create());
        String words = t(isGroup ? "segments.group_menu" : "segments.condition_menu");
        root.setAriaLabel(words);
        root.setTooltipText(words);
        SubMenu menu = root.getSubMenu();
        menu.addItem(t("segments.duplicate"), e -> deeds.duplicate());
        menu.addItem(t("segments.move_up"), e -> deeds.move(-1));
        menu.addItem(t("segments.move_down"), e -> deeds.move(1));
        menu.addItem(t(isGroup ? "segments.remove_group" : "segments.remove_condition"), e -> deeds.remove());
        if (!isGroup) {
            Shortcuts.addShortcutListener(part, () -> deeds.move(-1), Key.ARROW_UP, KeyModifier.ALT)
                    .listenOn(part);
            Shortcuts.addShortcutListener(part, () -> deeds.move(1), Key.ARROW_DOWN, KeyModifier.ALT)
                    .listenOn(part);
        }
    }
}
