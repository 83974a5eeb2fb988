package io.perennial.accounts.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import io.perennial.accounts.StaffRuleException;
import io.perennial.accounts.StepUp;
import io.perennial.accounts.signin.SecondFactors;
import io.perennial.uikit.Toasts;

/** One's own second step at sign-in: set up, renewed, turned off. */
class FactorPanel extends Div {

    private final SecondFactors factors;
    private final StepUp proof;

    FactorPanel(SecondFactors factors, StepUp proof) {
        this.factors = factors;
        this.proof = proof;
        addClassName("factor-panel");
        refresh();
    }

    private void refresh() {
        removeAll();
        if (factors.isMineSetUp()) {
            Button codes = new Button(t("accounts.factor.new_codes"), e -> proof.then(this::newCodes));
            Button remove = new Button(t("accounts.factor.remove"), e -> proof.then(this::confirmRemoval));
            remove.addThemeVariants(ButtonVariant.TERTIARY);
            Div buttons = new Div(codes, remove);
            buttons.addClassName("factor-buttons");
            add(
                    new Paragraph(t("accounts.factor.on")),
                    new Paragraph(t("accounts.factor.left", factors.codesLeft())),
                    buttons);
        } else {
            Button setUp = new Button(t("accounts.factor.set_up"), e -> proof.then(this::setUp));
            add(new Paragraph(t("accounts.factor.off")), setUp);
        }
    }

    private void setUp() {
        new EnrolDialog(factors, this::refresh).open();
    }

    private void newCodes() {
        new CodesDialog(factors.newCodes(), this::refresh).open();
    }

    private void confirmRemoval() {
        ConfirmDialog dialog = new ConfirmDialog();
        dialog.setHeader(t("accounts.factor.remove_question"));
        dialog.setText(t("accounts.factor.remove_hint"));
        dialog.setCancelable(true);
        dialog.setCancelText(t("accounts.keep"));
        dialog.setConfirmText(t("accounts.factor.remove"));
        dialog.setConfirmButtonTheme("primary error");
        dialog.addConfirmListener(e -> remove());
        dialog.open();
    }

    private void remove() {
        try {
            factors.remove();
            Toasts.success(t("accounts.factor.removed"));
        } catch (StaffRuleException broken) {
            Toasts.error(StaffList.words(broken));
        }
        refresh();
    }
}
