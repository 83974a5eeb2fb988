package io.perennial.accounts.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import io.perennial.accounts.CurrentStaff;
import io.perennial.accounts.Permission;
import io.perennial.accounts.Roles;
import io.perennial.accounts.StaffRole;
import io.perennial.accounts.StaffRuleException;
import io.perennial.accounts.StaffRuleException.Rule;
import io.perennial.accounts.StepUp;
import io.perennial.uikit.Toasts;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes or changes a role of the business's own: its name and what it may do. */
class RoleDialog extends Dialog {

    private final Roles roles;
    private final @Nullable StaffRole before;
    private final Runnable afterwards;
    private final TextField name = new TextField(t("accounts.roles.name"));
    private final TextArea description = new TextArea(t("accounts.roles.description"));
    private final Map<Permission, Checkbox> boxes = new EnumMap<>(Permission.class);
    private final Paragraph error = new Paragraph();

    /**
     * @param before null to make one
     */
    RoleDialog(Roles roles, @Nullable StaffRole before, StepUp proof, Runnable afterwards) {
        this.roles = roles;
        this.before = before;
        this.afterwards = afterwards;
        setHeaderTitle(before == null ? t("accounts.roles.new") : t("accounts.roles.edit", before.name()));
        setWidth("min(680px, 100%)");
        addClassName("role-dialog");
        name.setMaxLength(60);
        name.setRequiredIndicatorVisible(true);
        description.setMaxLength(300);
        description.setMinRows(2);
        description.setHelperText(t("accounts.roles.description_hint"));
        error.addClassName("role-error");
        error.getElement().setAttribute("role", "alert");
        error.setVisible(false);
        Div areas = new Div();
        areas.addClassName("role-areas");
        PermissionWords.byArea().forEach((area, permissions) -> areas.add(area(area, permissions)));
        if (before != null) {
            name.setValue(before.name());
            description.setValue(before.description());
            before.permissions().forEach(permission -> box(permission).setValue(true));
        }
        settle();
        Div form = new Div(name, description, new Paragraph(t("accounts.roles.may_hint")), areas, error);
        form.addClassName("settings-fields");
        add(form);
        Button save = new Button(
                t(before == null ? "accounts.roles.make" : "accounts.roles.save"), e -> proof.then(this::save));
        save.addThemeVariants(ButtonVariant.PRIMARY);
        getFooter().add(new Button(t("accounts.cancel"), e -> close()), save);
    }

    private Section area(String area, List<Permission> permissions) {
        Section section = new Section(new H3(PermissionWords.ofArea(area)));
        permissions.forEach(permission -> {
            Checkbox box = new Checkbox(PermissionWords.of(permission));
            box.addValueChangeListener(e -> {
                if (e.isFromClient()) {
                    settle();
                }
            });
            boxes.put(permission, box);
            section.add(box);
        });
        return section;
    }

    /** What the chosen ones need is ticked with them and cannot be taken away alone; what one lacks cannot be given. */
    private void settle() {
        Set<Permission> chosen = Permission.withNeeded(chosen());
        boxes.forEach((permission, box) -> {
            box.setValue(chosen.contains(permission));
            boolean lacks = !CurrentStaff.may(permission);
            box.setEnabled(!lacks && !isNeeded(permission, chosen));
            box.setHelperText(lacks ? t("accounts.roles.lacking") : "");
        });
    }

    private static boolean isNeeded(Permission permission, Set<Permission> chosen) {
        return chosen.stream()
                .filter(other -> other != permission)
                .anyMatch(other -> Permission.withNeeded(Set.of(other)).contains(permission));
    }

    private Set<Permission> chosen() {
        Set<Permission> chosen = EnumSet.noneOf(Permission.class);
        boxes.forEach((permission, box) -> {
            if (box.getValue()) {
                chosen.add(permission);
            }
        });
        return chosen;
    }

    private Checkbox box(Permission permission) {
        return Objects.requireNonNull(boxes.get(permission));
    }

    private void save() {
        Set<Permission> chosen = chosen();
        name.setInvalid(false);
        error.setVisible(false);
        try {
            Long id = before == null ? null : before.id();
            if (id == null) {
                roles.create(name.getValue(), description.getValue(), chosen);
            } else {
                roles.change(id, name.getValue(), description.getValue(), chosen);
            }
            Toasts.success(t("accounts.roles.saved", name.getValue().strip()));
            close();
            afterwards.run();
        } catch (StaffRuleException broken) {
            if (broken.rule() == Rule.ROLE_NAME || broken.rule() == Rule.ROLE_NAME_TAKEN) {
                name.setErrorMessage(StaffList.words(broken));
                name.setInvalid(true);
                name.focus();
            } else {
                error.setText(StaffList.words(broken));
                error.setVisible(true);
                error.scrollIntoView();
            }
        }
    }
}
