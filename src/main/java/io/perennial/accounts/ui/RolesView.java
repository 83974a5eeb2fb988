package io.perennial.accounts.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.details.Details;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Route;
import io.perennial.accounts.CurrentStaff;
import io.perennial.accounts.Permission;
import io.perennial.accounts.Role;
import io.perennial.accounts.Roles;
import io.perennial.accounts.Roles.OwnRole;
import io.perennial.accounts.SettingsParts;
import io.perennial.accounts.StaffRole;
import io.perennial.accounts.StaffRuleException;
import io.perennial.accounts.StepUp;
import io.perennial.uikit.EmptyState;
import io.perennial.uikit.PageHead;
import io.perennial.uikit.Toasts;
import jakarta.annotation.security.RolesAllowed;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The roles that people can have here: the business's own to change, the built-in ones to look at. */
@Route("settings/roles")
@RolesAllowed(Permission.Names.STAFF_MANAGE)
class RolesView extends Main implements HasDynamicTitle {

    private final transient Roles roles;
    private final transient StepUp proof;
    private final Div own = new Div();

    RolesView(Roles roles, SettingsParts parts, StepUp proof) {
        this.roles = roles;
        this.proof = proof;
        addClassNames("page", "settings", "roles");
        Button make = new Button(t("accounts.roles.new"), e -> edit(null));
        make.addThemeVariants(ButtonVariant.PRIMARY);
        add(
                new PageHead(t("accounts.tab_roles"), t("accounts.roles.lead"), make),
                parts.nav("settings/roles"),
                section("accounts.roles.own", own),
                section("accounts.roles.built_in", builtIn()));
        refresh();
    }

    private void refresh() {
        own.removeAll();
        List<OwnRole> all = roles.own();
        if (all.isEmpty()) {
            own.add(new EmptyState(
                    VaadinIcon.USER_STAR,
                    t("accounts.roles.empty"),
                    t("accounts.roles.empty_hint"),
                    new Button(t("accounts.roles.new"), e -> edit(null))));
            return;
        }
        UnorderedList list = list();
        all.forEach(each -> list.add(row(each)));
        own.add(list);
    }

    private void edit(@Nullable StaffRole role) {
        new RoleDialog(roles, role, proof, this::refresh).open();
    }

    private ListItem row(OwnRole own) {
        StaffRole role = own.role();
        Button edit = new Button(t("accounts.roles.edit_short"), e -> edit(role));
        edit.setAriaLabel(t("accounts.roles.edit", role.name()));
        Button remove = new Button(t("accounts.remove"), e -> remove(role));
        remove.addThemeVariants(ButtonVariant.TERTIARY);
        remove.setAriaLabel(t("accounts.remove_person", role.name()));
        boolean mine = role.permissions().stream().allMatch(CurrentStaff::may);
        edit.setEnabled(mine);
        remove.setEnabled(mine && own.people() == 0);
        Span people = new Span(t("accounts.roles.people", own.people()));
        people.addClassName("face-note");
        Div controls = new Div(people, edit, remove);
        controls.addClassName("staff-controls");
        return new ListItem(words(role), controls);
    }

    private void remove(StaffRole role) {
        try {
            roles.remove(Objects.requireNonNull(role.id()));
            Toasts.success(t("accounts.roles.removed", role.name()));
        } catch (StaffRuleException broken) {
            Toasts.error(StaffList.words(broken));
        }
        refresh();
    }

    private static UnorderedList builtIn() {
        UnorderedList list = list();
        Role.builtIn().stream().map(StaffRole::of).forEach(role -> list.add(new ListItem(words(role))));
        return list;
    }

    private static UnorderedList list() {
        UnorderedList list = new UnorderedList();
        list.addClassNames("card", "role-list");
        return list;
    }

    private static Div words(StaffRole role) {
        H3 name = new H3(role.label());
        Paragraph what = new Paragraph(role.explanation());
        what.setVisible(!role.explanation().isBlank());
        Details may = new Details(
                t("accounts.roles.may_count", role.permissions().size(), Permission.values().length),
                permissions(role.permissions()));
        Div words = new Div(name, what, may);
        words.addClassName("role-words");
        return words;
    }

    private static Div permissions(Set<Permission> may) {
        Div all = new Div();
        all.addClassName("role-permissions");
        PermissionWords.byArea().forEach((area, permissions) -> {
            List<Permission> here = permissions.stream().filter(may::contains).toList();
            if (!here.isEmpty()) {
                Span label = new Span(PermissionWords.ofArea(area));
                label.addClassName("face-name");
                all.add(new Paragraph(label, new Span(PermissionWords.sentence(here))));
            }
        });
        return all;
    }

    private static Section section(String titleKey, Component content) {
        H2 title = new H2(t(titleKey));
        title.addClassName("section-title");
        Section section = new Section(title, content);
        section.addClassName("role-section");
        return section;
    }

    @Override
    public String getPageTitle() {
        return t("accounts.tab_roles");
    }
}
