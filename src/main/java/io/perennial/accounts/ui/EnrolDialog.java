package io.perennial.accounts.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Image;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.TextField;
import io.perennial.accounts.CurrentStaff;
import io.perennial.accounts.StaffPrincipal;
import io.perennial.accounts.signin.Enrolment;
import io.perennial.accounts.signin.SecondFactors;
import java.util.List;

/** Shows the picture for the app and asks for its first code; nothing is kept before that was right. */
class EnrolDialog extends Dialog {

    private final SecondFactors factors;
    private final Runnable afterwards;
    private final StaffPrincipal me = CurrentStaff.find().orElseThrow();
    private final Enrolment enrolment;
    private final TextField code = codeField();

    EnrolDialog(SecondFactors factors, Runnable afterwards) {
        this.factors = factors;
        this.afterwards = afterwards;
        this.enrolment = factors.begin(me);
        setHeaderTitle(t("accounts.me_factor"));
        setWidth("min(440px, 100%)");
        addClassName("enrol-dialog");
        Image picture = new Image(enrolment.picture(), t("accounts.factor.picture"));
        picture.addClassName("qr");
        Paragraph type = new Paragraph(t("accounts.factor.type", enrolment.readable()));
        type.addClassName("factor-secret");
        add(new Paragraph(t("accounts.factor.scan")), picture, type, code);
        Button on = new Button(t("accounts.factor.turn_on"), e -> confirm());
        on.addThemeVariants(ButtonVariant.PRIMARY);
        on.addClickShortcut(Key.ENTER);
        getFooter().add(new Button(t("accounts.cancel"), e -> close()), on);
        code.focus();
    }

    static TextField codeField() {
        TextField field = new TextField(t("accounts.factor.code"));
        field.getElement().setAttribute("autocomplete", "one-time-code");
        field.getElement().setAttribute("inputmode", "numeric");
        field.setMaxLength(12);
        field.setWidthFull();
        return field;
    }

    private void confirm() {
        List<String> codes = factors.confirm(me, enrolment, code.getValue());
        if (codes.isEmpty()) {
            code.setErrorMessage(t("accounts.factor.wrong"));
            code.setInvalid(true);
            code.focus();
            return;
        }
        close();
        new CodesDialog(codes, afterwards).open();
    }
}
