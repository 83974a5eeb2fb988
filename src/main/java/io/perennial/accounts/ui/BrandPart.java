package io.perennial.accounts.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.binder.Binder;
import io.perennial.accounts.Business;
import io.perennial.accounts.Businesses;
import io.perennial.accounts.Guide;
import io.perennial.accounts.GuideAddition;
import java.util.List;

/** Second: what stands below each mail, so that customers know whose it is and the law is kept. */
@org.springframework.stereotype.Component
class BrandPart extends GuideStep {

    BrandPart(Businesses businesses, Guide guide, List<GuideAddition> additions) {
        super("brand", 20, businesses, guide, additions);
    }

    @Override
    public String summary() {
        String address = businesses.current().postalAddress();
        return address == null
                ? t("accounts.guide.brand_missing")
                : t("accounts.guide.brand_summary", address.lines().findFirst().orElse(""));
    }

    @Override
    List<Component> fields(Binder<BusinessDraft> binder, BusinessDraft draft) {
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
                        text -> text.isBlank() || Business.isWebAddress(text.strip()), t("accounts.website_invalid"))
                .bind(d -> d.website, (d, value) -> d.website = value);
        return List.of(address, website);
    }

    @Override
    void take(BusinessDraft typed, BusinessDraft now) {
        now.postalAddress = typed.postalAddress;
        now.website = typed.website;
    }
}
