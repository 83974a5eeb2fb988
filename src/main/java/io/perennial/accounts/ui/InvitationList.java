package io.perennial.accounts.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import io.perennial.accounts.Invitation;
import io.perennial.accounts.Invitations;
import io.perennial.accounts.StaffRuleException;
import io.perennial.uikit.Formats;
import io.perennial.uikit.StatusBadge;
import io.perennial.uikit.Toasts;
import io.perennial.uikit.Tone;
import java.time.Instant;
import java.util.List;

/** Who was invited and has not answered; hidden while there is nobody. */
class InvitationList extends Section {

    private final Invitations invitations;
    private final UnorderedList list = new UnorderedList();

    InvitationList(Invitations invitations) {
        this.invitations = invitations;
        addClassName("invitations");
        H2 title = new H2(t("accounts.invitations"));
        title.addClassName("section-title");
        list.addClassName("card");
        add(title, list);
        refresh();
    }

    final void refresh() {
        List<Invitation> open = invitations.open();
        setVisible(!open.isEmpty());
        list.removeAll();
        open.forEach(each -> list.add(row(each)));
    }

    private ListItem row(Invitation invitation) {
        Span email = new Span(invitation.email().value());
        email.addClassName("face-name");
        Span note = new Span(t(
                "accounts.invitation_note",
                invitation.role().label(),
                invitation.invitedBy(),
                Formats.relative(invitation.mailedAt())));
        note.addClassName("face-note");
        Div words = new Div(email, note);
        words.addClassName("face-words");
        if (invitation.mailState() == Invitation.MailState.FAILED) {
            Paragraph error =
                    new Paragraph(t("accounts.invitation_failed_hint", String.valueOf(invitation.mailError())));
            error.addClassName("invitation-error");
            words.add(error);
        }
        Button again = new Button(t("accounts.invitation_again"), e -> resend(invitation));
        again.addThemeVariants(ButtonVariant.TERTIARY);
        again.setAriaLabel(t("accounts.invitation_again_to", invitation.email().value()));
        Button withdraw = new Button(t("accounts.invitation_withdraw"), e -> withdraw(invitation));
        withdraw.addThemeVariants(ButtonVariant.TERTIARY);
        withdraw.setAriaLabel(
                t("accounts.invitation_withdraw_of", invitation.email().value()));
        Div controls = new Div(badge(invitation), again, withdraw);
        controls.addClassName("staff-controls");
        return new ListItem(words, controls);
    }

    private static StatusBadge badge(Invitation invitation) {
        if (invitation.expiresAt().isBefore(Instant.now())) {
            return new StatusBadge(t("accounts.invitation_expired"), Tone.ATTENTION);
        }
        return switch (invitation.mailState()) {
            case FAILED -> new StatusBadge(t("accounts.invitation_failed"), Tone.BAD);
            case WAITING -> new StatusBadge(t("accounts.invitation_waiting"), Tone.INFO);
            case TAKEN ->
                new StatusBadge(t("accounts.invitation_sent", Formats.relative(invitation.expiresAt())), Tone.INFO);
        };
    }

    private void resend(Invitation invitation) {
        doing(() -> {
            invitations.resend(invitation.id());
            Toasts.success(t("accounts.invited", invitation.email().value()));
        });
    }

    private void withdraw(Invitation invitation) {
        doing(() -> {
            invitations.withdraw(invitation.id());
            Toasts.success(t("accounts.invitation_withdrawn", invitation.email().value()));
        });
    }

    private void doing(Runnable deed) {
        try {
            deed.run();
        } catch (StaffRuleException broken) {
            Toasts.error(StaffList.words(broken));
        }
        refresh();
    }
}
