package io.perennial.customers.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import io.perennial.customers.SuppressedAddress;
import io.perennial.customers.SuppressionList;
import io.perennial.kernel.EmailAddress;
import io.perennial.uikit.Toasts;
import java.util.Locale;

/** Takes an address off the suppression list, with a reason; what the person asked for only with the address typed out. */
class LiftDialog extends Dialog {

    private final transient SuppressionList list;
    private final TextArea why = new TextArea(t("privacy.suppressed.lift_why"));
    private final TextField typed;
    private final Button lift = new Button(t("privacy.suppressed.lift_now"), e -> lift());
    private final boolean grave;
    private final String email;
    private final Runnable lifted;

    LiftDialog(SuppressionList list, SuppressedAddress entry, Runnable lifted) {
        this.list = list;
        this.lifted = lifted;
        this.email = entry.email() == null ? "" : entry.email();
        this.grave = SuppressionList.isGrave(entry.reason());
        addClassName("topic-dialog");
        setHeaderTitle(t("privacy.suppressed.lift_title", email));
        typed = new TextField(t("customers.erase_confirm", email));
        why.setMaxLength(500);
        why.setRequired(true);
        why.setValueChangeMode(ValueChangeMode.EAGER);
        typed.setValueChangeMode(ValueChangeMode.EAGER);
        typed.setVisible(grave);
        add(
                new Paragraph(t(
                        "privacy.suppressed.lift_lead." + entry.reason().name().toLowerCase(Locale.ROOT))),
                why,
                typed);
        lift.addThemeVariants(ButtonVariant.PRIMARY);
        if (grave) {
            lift.addThemeVariants(ButtonVariant.ERROR);
        }
        why.addValueChangeListener(e -> check());
        typed.addValueChangeListener(e -> check());
        check();
        getFooter().add(new Button(t("customers.cancel"), e -> close()), lift);
    }

    private void check() {
        lift.setEnabled(
                !why.getValue().isBlank() && (!grave || typed.getValue().strip().equalsIgnoreCase(email)));
    }

    private void lift() {
        EmailAddress.parse(email).ifPresent(address -> list.lift(address, why.getValue(), typed.getValue()));
        close();
        Toasts.success(t("privacy.suppressed.lifted", email));
        lifted.run();
    }
}
