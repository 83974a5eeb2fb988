package io.perennial.accounts.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.textfield.EmailField;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.binder.Binder;
import io.perennial.accounts.Business;
import io.perennial.accounts.Businesses;
import io.perennial.accounts.CurrentStaff;
import io.perennial.accounts.Guide;
import io.perennial.accounts.GuideAddition;
import io.perennial.accounts.StaffPrincipal;
import io.perennial.kernel.EmailAddress;
import java.util.List;

/** Third: who the mails come from. They leave by this installation's server unless the business gives its own. */
@org.springframework.stereotype.Component
class SenderPart extends GuideStep {

    SenderPart(Businesses businesses, Guide guide, List<GuideAddition> additions) {
        super("sender", 30, businesses, guide, additions);
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
    List<Component> fields(Binder<BusinessDraft> binder, BusinessDraft draft) {
        if (draft.senderName.isEmpty()) {
            draft.senderName = draft.name;
        }
        if (draft.senderEmail.isEmpty()) {
            draft.senderEmail =
                    CurrentStaff.find().map(StaffPrincipal::getUsername).orElse("");
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
        return List.of(name, email);
    }

    @Override
    void take(BusinessDraft typed, BusinessDraft now) {
        now.senderName = typed.senderName;
        now.senderEmail = typed.senderEmail;
    }
}
