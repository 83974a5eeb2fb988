package io.perennial.shell;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.contextmenu.MenuItem;
import com.vaadin.flow.component.contextmenu.SubMenu;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.menubar.MenuBar;
import com.vaadin.flow.component.menubar.MenuBarVariant;
import com.vaadin.flow.dom.Element;
import com.vaadin.flow.spring.security.AuthenticationContext;
import io.perennial.accounts.StaffPrincipal;
import io.perennial.uikit.NameAvatar;
import java.util.Locale;

/** Who is signed in; their account, light or dark, signing out. */
class UserMenu extends MenuBar {

    UserMenu(StaffPrincipal staff, AuthenticationContext authentication) {
        addThemeVariants(MenuBarVariant.TERTIARY);
        addClassNames("shell-menu", "user-menu");
        MenuItem me = addItem(face(staff));
        me.setAriaLabel(t("shell.user_menu", staff.displayName()));
        me.add(Icons.of("switch"));
        SubMenu menu = me.getSubMenu();
        menu.addItem(entry("account", t("shell.account")), e -> UI.getCurrent().navigate("account"));
        SubMenu schemes = menu.addItem(entry("scheme", t("shell.scheme"))).getSubMenu();
        SchemeChoice chosen = SchemeChoice.current();
        for (SchemeChoice choice : SchemeChoice.values()) {
            MenuItem item = schemes.addItem(t("shell.scheme_" + choice.name().toLowerCase(Locale.ROOT)), e -> {
                choice.choose(UI.getCurrent());
                schemes.getItems().forEach(i -> i.setChecked(i == e.getSource()));
            });
            item.setCheckable(true);
            item.setChecked(choice == chosen);
        }
        menu.addItem(entry("sign-out", t("shell.sign_out")), e -> authentication.logout());
    }

    private static Div entry(String icon, String text) {
        Div entry = new Div(Icons.of(icon), new Span(text));
        entry.addClassName("menu-entry");
        return entry;
    }

    private static Div face(StaffPrincipal staff) {
        NameAvatar avatar = new NameAvatar(staff.displayName());
        Span name = new Span(staff.displayName());
        name.addClassName("face-name");
        Span note = new Span();
        note.addClassName("face-note");
        // A long address goes on after its @.
        int domain = staff.getUsername().indexOf('@') + 1;
        note.add(staff.getUsername().substring(0, domain));
        note.getElement().appendChild(new Element("wbr"));
        note.add(staff.getUsername().substring(domain));
        Div words = new Div(name, note);
        words.addClassName("face-words");
        Div face = new Div(avatar, words);
        face.addClassName("face");
        return face;
    }
}
