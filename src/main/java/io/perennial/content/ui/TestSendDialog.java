package io.perennial.content.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.EmailField;
import io.perennial.accounts.CurrentStaff;
import io.perennial.accounts.StaffPrincipal;
import io.perennial.content.RenderedMail;
import io.perennial.content.TestMailer;
import io.perennial.kernel.EmailAddress;
import io.perennial.uikit.Toasts;
import java.util.Optional;

/** Asks for an address and sends the mail there as it stands in the preview. */
class TestSendDialog extends Dialog {

    private final Button send = new Button(t("content.test_deed"), event -> send());
    private final EmailField to = new EmailField(t("content.test_to"));
    private final RenderedMail mail;
    private final TestMailer mailer;

    TestSendDialog(RenderedMail mail, String person, TestMailer mailer) {
        this.mail = mail;
        this.mailer = mailer;
        setHeaderTitle(t("content.test_title"));
        to.setValue(CurrentStaff.find().map(StaffPrincipal::getUsername).orElse(""));
        to.setWidthFull();
        add(new Paragraph(t("content.test_lead", person)), to);
        send.addThemeVariants(ButtonVariant.PRIMARY);
        send.setDisableOnClick(true);
        getFooter().add(new Button(t("content.cancel"), event -> close()), send);
        to.addValueChangeListener(event -> to.setInvalid(false));
    }

    private void send() {
        Optional<EmailAddress> address = EmailAddress.parse(to.getValue());
        if (address.isEmpty()) {
            to.setErrorMessage(t("content.test_bad_address"));
            to.setInvalid(true);
            send.setEnabled(true);
            return;
        }
        try {
            mailer.send(address.get(), mail);
            close();
            Toasts.success(t("content.test_sent", address.get()));
        } catch (RuntimeException e) {
            send.setEnabled(true);
            Toasts.error(t("content.test_failed", String.valueOf(e.getMessage())));
        }
    }
}
