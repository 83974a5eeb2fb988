package io.perennial.accounts.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import com.vaadin.flow.component.textfield.TextArea;
import io.perennial.accounts.ConsoleDoor;
import io.perennial.accounts.OperatorBusinesses.Listed;
import io.perennial.accounts.OperatorVisits;
import io.perennial.accounts.StaffPrincipal;
import io.perennial.accounts.StaffRuleException;
import io.perennial.accounts.StepUp;

/** Lets an operator into a business: says what follows, asks why and how far. */
class EnterDialog extends Dialog {

    private final OperatorVisits visits;
    private final ConsoleDoor door;
    private final Listed listed;
    private final TextArea reason = new TextArea(t("accounts.operator.reason"));
    private final RadioButtonGroup<Boolean> extent = new RadioButtonGroup<>(t("accounts.visit.extent"));

    EnterDialog(OperatorVisits visits, ConsoleDoor door, StepUp proof, Listed listed) {
        this.visits = visits;
        this.door = door;
        this.listed = listed;
        setHeaderTitle(t("accounts.visit.enter_whose", listed.name()));
        addClassName("operator-dialog");
        setWidth("min(480px, 100%)");
        reason.setHelperText(t("accounts.visit.reason_hint"));
        reason.setMaxLength(500);
        reason.setRequiredIndicatorVisible(true);
        reason.setWidthFull();
        extent.setItems(false, true);
        extent.setItemLabelGenerator(write -> t(write ? "accounts.visit.write_hint" : "accounts.visit.read_hint"));
        extent.setValue(false);
        add(new Paragraph(t("accounts.visit.enter_hint", OperatorVisits.MINUTES, listed.name())), reason, extent);
        Button enter = new Button(t("accounts.visit.enter"), e -> {
            if (isExplained()) {
                proof.then(this::enter);
            }
        });
        enter.addThemeVariants(ButtonVariant.PRIMARY);
        getFooter().add(new Button(t("accounts.cancel"), e -> close()), enter);
        reason.focus();
    }

    /** Before a proof is asked for: it would be for nothing. */
    private boolean isExplained() {
        boolean explained = reason.getValue().strip().length() >= OperatorVisits.SHORTEST_REASON;
        if (!explained) {
            refuse(t("accounts.rule_visit_reason"));
        }
        return explained;
    }

    private void enter() {
        try {
            StaffPrincipal there = visits.enter(listed.tenant(), reason.getValue(), extent.getValue());
            close();
            door.reopen(there, "");
        } catch (StaffRuleException broken) {
            refuse(StaffList.words(broken));
        }
    }

    private void refuse(String why) {
        reason.setErrorMessage(why);
        reason.setInvalid(true);
        reason.focus();
    }
}
