package io.perennial.accounts.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import io.perennial.accounts.Business;
import io.perennial.accounts.Businesses;
import io.perennial.accounts.GuidePart;

/** Second: what stands below each mail, so that customers know whose it is and the law is kept. */
@org.springframework.stereotype.Component
class BrandPart implements GuidePart {

    private final Businesses businesses;

    BrandPart(Businesses businesses) {
        this.businesses = businesses;
    }

    @Override
    public String key() {
        return "brand";
    }

    @Override
    public int order() {
        return 20;
    }

    @Override
    public String title() {
        return t("accounts.guide.brand");
    }

    @Override
    public String lead() {
        return t("accounts.guide.brand_lead");
    }

    @Override
    public String summary() {
        Business business = businesses.current();
        String address = business.postalAddress();
        return address == null
                ? t("accounts.guide.brand_missing")
                : t("accounts.guide.brand_summary", address.lines().findFirst().orElse(""));
    }

    @Override
    public Component form(Runnable done) {
        return new Form(businesses, done);
    }

    private static final class Form extends GuideForm {

        Form(Businesses businesses, Runnable done) {
            super(businesses, done);
            TextArea address = new TextArea(t("accounts.postal_address"));
            address.setHelperText(t("accounts.postal_address_hint"));
            address.setMaxLength(500);
            address.setMinRows(3);
            address.setRequiredIndicatorVisible(true);
            binder.forField(address)
                    .withValidator(text -> !text.isBlank(), t("accounts.guide.address_missing"))
                    .bind(d -> d.postalAddress, (d, value) -> d.postalAddress = value);
            TextField website = new TextField(t("accounts.website"));
            website.setPlaceholder("https://");
            binder.forField(website)
                    .withValidator(
                            text -> text.isBlank() || Business.isWebAddress(text.strip()),
                            t("accounts.website_invalid"))
                    .bind(d -> d.website, (d, value) -> d.website = value);
            of(address, website);
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
                    typed.postalAddress(),
                    now.senderName(),
                    now.senderEmail(),
                    now.replyTo(),
                    typed.website());
        }
    }
}
