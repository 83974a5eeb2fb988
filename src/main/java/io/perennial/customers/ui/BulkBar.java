package io.perennial.customers.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.contextmenu.MenuItem;
import com.vaadin.flow.component.contextmenu.SubMenu;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.menubar.MenuBar;
import com.vaadin.flow.component.menubar.MenuBarVariant;
import io.perennial.accounts.CurrentStaff;
import io.perennial.accounts.Permission;
import io.perennial.customers.CustomerSelection;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * What can be done to the selected customers; there only while some are. It stands at the foot of the screen, so that the
 * rows do not move from under the pointer when the first is selected.
 */
class BulkBar extends Div {

    /** What somebody may want to do to many. */
    enum Deed {
        ADD_TAG(false),
        REMOVE_TAG(false),
        SET_ATTRIBUTE(false),
        ADD_TO_LIST(true),
        REMOVE_FROM_LIST(false),
        WITHDRAW_CONSENT(true),
        SUPPRESS(false),
        EXPORT(true),
        ERASE(true);

        private final boolean startsGroup;

        Deed(boolean startsGroup) {
            this.startsGroup = startsGroup;
        }

        /** Whether who was changed can get back what they had. */
        boolean isUndoable() {
            return switch (this) {
                case WITHDRAW_CONSENT, EXPORT, ERASE -> false;
                default -> true;
            };
        }
    }

    private final Span words = new Span();
    private final Button everybody = new Button();
    private final LongSupplier all;
    private Set<Long> chosen = Set.of();
    private boolean whole;

    /**
     * @param all how many fit the filter
     * @param clear drops the selection
     */
    BulkBar(LongSupplier all, Runnable clear, Consumer<Deed> deed) {
        this.all = all;
        addClassName("bulk-bar");
        getElement().setAttribute("role", "region");
        getElement().setAttribute("aria-label", t("bulk.region"));
        words.getElement().setAttribute("aria-live", "polite");
        everybody.addThemeVariants(ButtonVariant.TERTIARY);
        everybody.addClickListener(e -> chooseAll());
        MenuBar menu = new MenuBar();
        menu.addThemeVariants(MenuBarVariant.PRIMARY);
        SubMenu items = menu.addItem(t("bulk.do")).getSubMenu();
        for (Deed one : Deed.values()) {
            if (!CurrentStaff.may(needed(one))) {
                continue;
            }
            if (one.startsGroup && !items.getItems().isEmpty()) {
                items.addSeparator();
            }
            MenuItem item = items.addItem(t("bulk.deed." + word(one)), e -> deed.accept(one));
            if (one == Deed.ERASE) {
                item.addClassName("menu-danger");
            }
        }
        Button drop = new Button(t("bulk.clear"), e -> clear.run());
        drop.addThemeVariants(ButtonVariant.TERTIARY);
        add(words, everybody, menu, drop);
        setVisible(false);
    }

    /** Whether the person may do anything to many at all. */
    static boolean isOfUse() {
        return CurrentStaff.may(Permission.CUSTOMER_WRITE)
                || CurrentStaff.may(Permission.CUSTOMER_EXPORT)
                || CurrentStaff.may(Permission.SEGMENT_WRITE);
    }

    void choose(Set<Long> ids) {
        chosen = Set.copyOf(ids);
        whole = false;
        setVisible(!chosen.isEmpty());
        if (isVisible()) {
            long fitting = all.getAsLong();
            words.setText(t("bulk.selected", chosen.size()));
            everybody.setText(t("bulk.select_all", fitting));
            everybody.setVisible(fitting > chosen.size());
        }
    }

    /** Everybody who fits the filter is meant. */
    boolean isWhole() {
        return whole;
    }

    Set<Long> chosen() {
        return chosen;
    }

    boolean isTooMany() {
        return !whole && chosen.size() > CustomerSelection.MOST;
    }

    private void chooseAll() {
        whole = true;
        words.setText(t("bulk.all_selected", all.getAsLong()));
        everybody.setVisible(false);
    }

    private static Permission needed(Deed deed) {
        return switch (deed) {
            case EXPORT -> Permission.CUSTOMER_EXPORT;
            case ERASE -> Permission.CUSTOMER_ERASE;
            case ADD_TO_LIST, REMOVE_FROM_LIST -> Permission.SEGMENT_WRITE;
            default -> Permission.CUSTOMER_WRITE;
        };
    }

    static String word(Enum<?> one) {
        return one.name().toLowerCase(Locale.ROOT);
    }
}
