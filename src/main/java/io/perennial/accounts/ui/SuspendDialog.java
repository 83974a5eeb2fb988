package io.perennial.accounts.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.TextArea;
import io.perennial.accounts.OperatorBusinesses;
import io.perennial.accounts.OperatorBusinesses.Listed;
import io.perennial.accounts.StaffRuleException;
import io.perennial.uikit.Toasts;

/** Suspends a business: says what follows and asks why, in words that its people will read. */
class SuspendDialog extends Dialog {

    SuspendDialog(OperatorBusinesses businesses, Listed listed, Runnable afterwards) {
        setHeaderTitle(t("accounts.operator.suspend_whose", listed.name()));
        addClassName("operator-dialog");
        setWidth("min(480px, 100%)");
        TextArea reason = new TextArea(t("accounts.operator.reason"));
        reason.setHelperText(t("accounts.operator.reason_hint"));
        reason.setMaxLength(500);
        reason.setRequiredIndicatorVisible(true);
        reason.setWidthFull();
        add(new Paragraph(t("accounts.operator.suspend_hint", listed.name())), reason);
        Button suspend = new Button(t("accounts.operator.suspend"), e -> {
            try {
                businesses.suspend(listed.tenant(), reason.getValue());
                Toasts.success(t("accounts.operator.suspended_done", listed.name()));
                close();
                afterwards.run();
            } catch (StaffRuleException broken) {
                reason.setErrorMessage(StaffList.words(broken));
                reason.setInvalid(true);
                reason.focus();
            }
        });
        suspend.addThemeVariants(ButtonVariant.PRIMARY, ButtonVariant.ERROR);
        getFooter().add(new Button(t("accounts.cancel"), e -> close()), suspend);
    }
}
