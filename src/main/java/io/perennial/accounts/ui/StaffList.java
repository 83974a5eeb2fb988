package io.perennial.accounts.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.component.select.Select;
import io.perennial.accounts.CurrentStaff;
import io.perennial.accounts.Invitations;
import io.perennial.accounts.Roles;
import io.perennial.accounts.Staff;
import io.perennial.accounts.StaffMember;
import io.perennial.accounts.StaffRole;
import io.perennial.accounts.StaffRuleException;
import io.perennial.accounts.StepUp;
import io.perennial.uikit.NameAvatar;
import io.perennial.uikit.Toasts;
import java.util.List;
import java.util.Locale;

/** Who works here and as what. */
class StaffList extends Div {

    private final Staff staff;
    private final StepUp proof;
    private final String businessName;
    private final List<StaffRole> givable;
    private final UnorderedList list = new UnorderedList();
    private final Paragraph count = new Paragraph();

    StaffList(Staff staff, Roles roles, Invitations invitations, StepUp proof, String businessName) {
        this.staff = staff;
        this.proof = proof;
        this.givable = roles.givable();
        this.businessName = businessName;
        addClassName("staff-list");
        InvitationList invited = new InvitationList(invitations);
        Button add = new Button(
                t("accounts.invite_person"),
                e -> new InviteDialog(invitations, givable, businessName, proof, invited::refresh).open());
        add.addThemeVariants(ButtonVariant.PRIMARY);
        add.setEnabled(!givable.isEmpty());
        Div head = new Div(count, add);
        head.addClassName("staff-head");
        list.addClassName("card");
        add(head, list, invited);
        refresh();
    }

    static String words(StaffRuleException broken) {
        return t("accounts.rule_" + broken.rule().name().toLowerCase(Locale.ROOT));
    }

    private void refresh() {
        List<StaffMember> members = staff.members();
        count.setText(t("accounts.people_count", members.size(), businessName));
        list.removeAll();
        members.forEach(member -> list.add(row(member)));
    }

    private ListItem row(StaffMember member) {
        NameAvatar avatar = new NameAvatar(member.name());
        Span name = new Span(isMe(member) ? t("accounts.you", member.name()) : member.name());
        name.addClassName("face-name");
        Span email = new Span(member.email().value());
        email.addClassName("face-note");
        Div words = new Div(name, email);
        words.addClassName("face-words");
        Div face = new Div(avatar, words);
        face.addClassName("face");
        return new ListItem(face, controls(member));
    }

    private Component controls(StaffMember member) {
        Div controls = new Div();
        controls.addClassName("staff-controls");
        if (!givable.contains(member.staffRole())) { // not theirs to decide about
            controls.add(new Span(member.staffRole().label()));
            return controls;
        }
        Select<StaffRole> role = new Select<>();
        role.setItems(givable);
        role.setItemLabelGenerator(StaffRole::label);
        role.setValue(member.staffRole());
        role.setAriaLabel(t("accounts.role_of", member.name()));
        role.addValueChangeListener(e -> {
            if (e.isFromClient()) {
                StaffRole chosen = e.getValue();
                refresh(); // what is shown is what they have until it is changed
                proof.then(() -> changeRole(member, chosen));
            }
        });
        Button remove = new Button(t("accounts.remove"), e -> confirmRemoval(member));
        remove.addThemeVariants(ButtonVariant.TERTIARY);
        remove.setAriaLabel(t("accounts.remove_person", member.name()));
        controls.add(role, remove);
        return controls;
    }

    private void changeRole(StaffMember member, StaffRole role) {
        try {
            staff.changeRole(member.accountId(), role);
            if (isMe(member)) {
                UI.getCurrent().getPage().reload(); // the page for the role one has from now on
                return;
            }
            Toasts.success(t("accounts.role_changed", member.name(), role.label()));
        } catch (StaffRuleException broken) {
            Toasts.error(words(broken));
        }
        refresh();
    }

    private void confirmRemoval(StaffMember member) {
        ConfirmDialog dialog = new ConfirmDialog();
        dialog.setHeader(t("accounts.remove_question", member.name(), businessName));
        dialog.setText(isMe(member) ? t("accounts.remove_me_hint") : t("accounts.remove_hint"));
        dialog.setCancelable(true);
        dialog.setCancelText(t("accounts.keep"));
        dialog.setConfirmText(t("accounts.remove_person", member.name()));
        dialog.setConfirmButtonTheme("primary error");
        dialog.addConfirmListener(e -> proof.then(() -> remove(member)));
        dialog.open();
    }

    private void remove(StaffMember member) {
        try {
            staff.remove(member.accountId());
            if (isMe(member)) {
                UI.getCurrent().getPage().reload(); // which ends at the sign-in
                return;
            }
            Toasts.success(t("accounts.removed", member.name()));
        } catch (StaffRuleException broken) {
            Toasts.error(words(broken));
        }
        refresh();
    }

    private static boolean isMe(StaffMember member) {
        return CurrentStaff.find()
                .filter(me -> me.accountId() == member.accountId())
                .isPresent();
    }
}
