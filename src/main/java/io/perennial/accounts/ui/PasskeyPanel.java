package io.perennial.accounts.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import io.perennial.accounts.PasskeyScript;
import io.perennial.accounts.StaffRuleException;
import io.perennial.accounts.StepUp;
import io.perennial.accounts.signin.Passkey;
import io.perennial.accounts.signin.Passkeys;
import io.perennial.accounts.signin.SecondFactors;
import io.perennial.uikit.Formats;
import io.perennial.uikit.Toasts;
import java.time.ZoneId;
import java.util.List;

/** One's own passkeys: made, named, removed. */
class PasskeyPanel extends Div {

    private final Passkeys passkeys;
    private final SecondFactors factors;
    private final StepUp proof;
    private final ZoneId zone;

    PasskeyPanel(Passkeys passkeys, SecondFactors factors, StepUp proof, ZoneId zone) {
        this.passkeys = passkeys;
        this.factors = factors;
        this.proof = proof;
        this.zone = zone;
        addClassNames("session-list", "factor-panel");
        refresh();
    }

    @Override
    protected void onAttach(AttachEvent attached) {
        PasskeyScript.load();
    }

    private void refresh() {
        removeAll();
        if (!passkeys.arePossible()) {
            add(new Paragraph(t("accounts.passkey.impossible")));
            return;
        }
        List<Passkey> mine = passkeys.mine();
        if (mine.isEmpty()) {
            add(new Paragraph(t("accounts.passkey.none")));
        } else {
            UnorderedList list = new UnorderedList();
            list.addClassName("card");
            mine.forEach(each -> list.add(row(each)));
            add(list);
        }
        Div buttons = new Div(new Button(t("accounts.passkey.add"), e -> proof.then(this::addOne)));
        buttons.addClassName("factor-buttons");
        // With an app they are counted and renewed beside it.
        if (!mine.isEmpty() && !factors.isMineSetUp()) {
            add(new Paragraph(t("accounts.factor.left", factors.codesLeft())));
            buttons.add(new Button(t("accounts.factor.new_codes"), e -> proof.then(this::newCodes)));
        }
        add(buttons);
    }

    private ListItem row(Passkey passkey) {
        Span name = new Span(passkey.name());
        name.addClassName("face-name");
        String used = passkey.usedAt() == null
                ? t("accounts.passkey.unused")
                : t("accounts.passkey.used", Formats.relative(passkey.usedAt()));
        Span note = new Span(t(
                "accounts.passkey.line",
                t(passkey.synced() ? "accounts.passkey.synced" : "accounts.passkey.bound"),
                used,
                Formats.dateTime(passkey.madeAt(), zone)));
        note.addClassName("face-note");
        Div words = new Div(name, note);
        words.addClassName("face-words");
        Button rename = new Button(
                t("accounts.passkey.rename"), e -> new PasskeyNameDialog(passkeys, passkey, this::refresh).open());
        rename.addThemeVariants(ButtonVariant.TERTIARY);
        rename.setAriaLabel(t("accounts.passkey.rename_this", passkey.name()));
        Button remove = new Button(t("accounts.passkey.remove"), e -> proof.then(() -> confirmRemoval(passkey)));
        remove.addThemeVariants(ButtonVariant.TERTIARY);
        remove.setAriaLabel(t("accounts.passkey.remove_this", passkey.name()));
        Div buttons = new Div(rename, remove);
        buttons.addClassName("row-buttons");
        return new ListItem(words, buttons);
    }

    private void addOne() {
        try {
            new PasskeyDialog(passkeys, this::refresh).open();
        } catch (StaffRuleException broken) {
            Toasts.error(StaffList.words(broken));
        }
    }

    private void newCodes() {
        new CodesDialog(factors.newCodes(), "accounts.passkey.codes_hint", this::refresh).open();
    }

    private void confirmRemoval(Passkey passkey) {
        ConfirmDialog dialog = new ConfirmDialog();
        dialog.setHeader(t("accounts.passkey.remove_question", passkey.name()));
        dialog.setText(t("accounts.passkey.remove_hint"));
        dialog.setCancelable(true);
        dialog.setCancelText(t("accounts.keep"));
        dialog.setConfirmText(t("accounts.passkey.remove"));
        dialog.setConfirmButtonTheme("primary error");
        dialog.addConfirmListener(e -> remove(passkey));
        dialog.open();
    }

    private void remove(Passkey passkey) {
        try {
            passkeys.remove(passkey.id());
            Toasts.success(t("accounts.passkey.removed"));
        } catch (StaffRuleException broken) {
            Toasts.error(StaffList.words(broken));
        }
        refresh();
    }
}
