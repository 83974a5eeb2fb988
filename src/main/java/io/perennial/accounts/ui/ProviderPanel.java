package io.perennial.accounts.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.server.VaadinSession;
import io.perennial.accounts.CurrentStaff;
import io.perennial.accounts.StaffRuleException;
import io.perennial.accounts.StepUp;
import io.perennial.accounts.signin.Identities;
import io.perennial.accounts.signin.Identity;
import io.perennial.accounts.signin.ProviderWish;
import io.perennial.accounts.signin.Providers;
import io.perennial.uikit.Formats;
import io.perennial.uikit.Toasts;
import java.time.ZoneId;
import java.util.List;

/** One's own accounts at OpenID providers that open this one. */
class ProviderPanel extends Div {

    private final Providers providers;
    private final Identities identities;
    private final StepUp proof;
    private final ZoneId zone;
    private final boolean withPassword;

    ProviderPanel(Providers providers, Identities identities, StepUp proof, ZoneId zone, boolean withPassword) {
        this.withPassword = withPassword;
        this.providers = providers;
        this.identities = identities;
        this.proof = proof;
        this.zone = zone;
        addClassNames("session-list", "factor-panel");
        refresh();
    }

    private void refresh() {
        removeAll();
        List<Identity> mine = identities.mine();
        if (mine.isEmpty()) {
            add(new Paragraph(t("accounts.provider.none")));
        } else {
            UnorderedList list = new UnorderedList();
            list.addClassName("card");
            mine.forEach(each -> list.add(row(each)));
            add(list);
        }
        Div buttons = new Div();
        buttons.addClassName("factor-buttons");
        providers
                .choices()
                .forEach(each -> buttons.add(new Button(
                        t("accounts.provider.connect", each.name()), e -> proof.then(() -> connect(each.id())))));
        add(buttons);
    }

    private ListItem row(Identity identity) {
        Span name = new Span(identity.provider());
        name.addClassName("face-name");
        Span note = new Span(t(
                "accounts.provider.line",
                String.valueOf(identity.email()),
                identity.usedAt() == null
                        ? t("accounts.passkey.unused")
                        : t("accounts.passkey.used", Formats.relative(identity.usedAt())),
                Formats.dateTime(identity.linkedAt(), zone)));
        note.addClassName("face-note");
        Div words = new Div(name, note);
        words.addClassName("face-words");
        Button remove =
                new Button(t("accounts.provider.disconnect"), e -> proof.then(() -> confirmDisconnection(identity)));
        remove.addThemeVariants(ButtonVariant.TERTIARY);
        remove.setAriaLabel(t("accounts.provider.disconnect_this", identity.provider()));
        return new ListItem(words, remove);
    }

    /** The wish is kept on this side: the address alone, which anybody may link to, connects nothing. */
    private void connect(String provider) {
        long me = CurrentStaff.find().orElseThrow().accountId();
        VaadinSession.getCurrent().getSession().setAttribute(ProviderWish.name(), ProviderWish.connect(provider, me));
        UI.getCurrent().getPage().setLocation("sign-in/with/" + provider);
    }

    private void confirmDisconnection(Identity identity) {
        ConfirmDialog dialog = new ConfirmDialog();
        dialog.setHeader(t("accounts.provider.disconnect_question", identity.provider()));
        dialog.setText(
                t(withPassword ? "accounts.provider.disconnect_hint" : "accounts.provider.disconnect_last_hint"));
        dialog.setCancelable(true);
        dialog.setCancelText(t("accounts.keep"));
        dialog.setConfirmText(t("accounts.provider.disconnect"));
        dialog.setConfirmButtonTheme("primary error");
        dialog.addConfirmListener(e -> disconnect(identity));
        dialog.open();
    }

    private void disconnect(Identity identity) {
        try {
            identities.disconnect(identity.id());
            Toasts.success(t("accounts.provider.disconnected"));
        } catch (StaffRuleException broken) {
            Toasts.error(StaffList.words(broken));
        }
        refresh();
    }
}
