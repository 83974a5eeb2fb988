package io.perennial.accounts.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.EmailField;
import com.vaadin.flow.component.textfield.TextField;
import io.perennial.accounts.Business;
import io.perennial.accounts.Businesses;
import io.perennial.accounts.CurrentStaff;
import io.perennial.accounts.GuidePart;
import io.perennial.kernel.EmailAddress;

/** Third: who the mails come from. They leave by this installation's server unless the business gives its own. */
@org.springframework.stereotype.Component
class SenderPart implements GuidePart {

    private final Businesses businesses;

    SenderPart(Businesses businesses) {
        this.businesses = businesses;
    }

    @Override
    public String key() {
        return "sender";
    }

    @Override
    public int order() {
        return 30;
    }

    @Override
    public String title() {
        return t("accounts.guide.sender");
    }

    @Override
    public String lead() {
        return t("accounts.guide.sender_lead");
    }

    @Override
    public String summary() {
        Business business = businesses.current();
        return business.senderEmail() == null
                ? t("accounts.guide.sender_missing")
                : t(
                        "accounts.guide.sender_summary",
                        business.senderName() == null ? business.name() : business.senderName(),
                        business.senderEmail());
    }

    @Override
    public Component form(Runnable done) {
        return new Form(businesses, done);
    }

    private static final class Form extends GuideForm {

        Form(Businesses businesses, Runnable done) {
            super(businesses, done);
            if (draft.senderName.isEmpty()) {
                draft.senderName = draft.name;
            }
            if (draft.senderEmail.isEmpty()) {
                draft.senderEmail =
                        CurrentStaff.find().map(staff -> staff.getUsername()).orElse("");
            }
            TextField name = new TextField(t("accounts.sender_name"));
            name.setMaxLength(120);
            binder.forField(name)
                    .withValidator(
                            text -> text.isBlank() || Business.isHeaderText(text.strip(), 120),
                            t("accounts.sender_name_invalid"))
                    .bind(d -> d.senderName, (d, value) -> d.senderName = value);
            EmailField email = BusinessForm.emailField(t("accounts.sender_email"));
            email.setHelperText(t("accounts.sender_email_hint"));
            email.setRequiredIndicatorVisible(true);
            binder.forField(email)
                    .withValidator(text -> EmailAddress.parse(text).isPresent(), t("accounts.email_invalid"))
                    .bind(d -> d.senderEmail, (d, value) -> d.senderEmail = value);
            of(name, email);
            Anchor server = new Anchor("settings/sending", t("accounts.guide.server_link"));
            Paragraph hint = new Paragraph(t("accounts.guide.server") + " ");
            hint.add(server);
            hint.addClassName("guide-hint");
            addComponentAtIndex(1, hint);
        }

        @Override
        Business merged(Business now, Business typed) {
            return new Business(
                    now.id(),
                    now.name(),
                    now.country(),
                    now.locale(),
                    now.zone(),
                    now.currency(),
                    now.postalAddress(),
                    typed.senderName(),
                    typed.senderEmail(),
                    now.replyTo(),
                    now.website());
        }
    }
}
