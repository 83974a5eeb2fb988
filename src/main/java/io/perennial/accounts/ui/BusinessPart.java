package io.perennial.accounts.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.textfield.TextField;
import io.perennial.accounts.Business;
import io.perennial.accounts.Businesses;
import io.perennial.accounts.Guide;
import io.perennial.accounts.GuidePart;
import io.perennial.accounts.NewBusiness;
import io.perennial.uikit.Texts;

/** First: its name, and where and in what it counts, guessed from the founder's browser until it is saved. */
@org.springframework.stereotype.Component
class BusinessPart implements GuidePart {

    static final String KEY = "business";

    private final Businesses businesses;
    private final Guide guide;

    BusinessPart(Businesses businesses, Guide guide) {
        this.businesses = businesses;
        this.guide = guide;
    }

    @Override
    public String key() {
        return KEY;
    }

    @Override
    public int order() {
        return 10;
    }

    @Override
    public String title() {
        return t("accounts.guide.business");
    }

    @Override
    public String lead() {
        return t("accounts.guide.business_lead");
    }

    @Override
    public String summary() {
        Business business = businesses.current();
        return t(
                "accounts.guide.business_summary",
                business.name(),
                business.locale().getDisplayLanguage(Texts.locale()),
                business.zone().getId().replace('_', ' '),
                business.currency().getCurrencyCode());
    }

    @Override
    public Component form(Runnable done) {
        return new Form(businesses, done, guide.state().isOpen(KEY));
    }

    private static final class Form extends GuideForm {

        private final boolean guess;

        Form(Businesses businesses, Runnable done, boolean guess) {
            super(businesses, done);
            this.guess = guess;
            TextField name = new TextField(t("accounts.name"));
            name.setMaxLength(120);
            name.setRequiredIndicatorVisible(true);
            binder.forField(name)
                    .withValidator(text -> !text.isBlank(), t("accounts.name_missing"))
                    .bind(d -> d.name, (d, value) -> d.name = value);
            var country = Choices.country(t("accounts.country"));
            binder.forField(country)
                    .asRequired(t("accounts.choose"))
                    .bind(d -> d.country, (d, value) -> d.country = value);
            var language = Choices.language(t("accounts.language"), draft.locale);
            language.setHelperText(t("accounts.language_hint"));
            binder.forField(language)
                    .asRequired(t("accounts.choose"))
                    .bind(d -> d.locale, (d, value) -> d.locale = value);
            var zone = Choices.zone(t("accounts.zone"));
            zone.setHelperText(t("accounts.zone_hint"));
            binder.forField(zone).asRequired(t("accounts.choose")).bind(d -> d.zone, (d, value) -> d.zone = value);
            var currency = Choices.currency(t("accounts.currency"));
            boolean free = businesses.mayChangeCurrency();
            currency.setReadOnly(!free);
            currency.setHelperText(t(free ? "accounts.guide.currency_hint" : "accounts.currency_fixed"));
            binder.forField(currency)
                    .asRequired(t("accounts.choose"))
                    .bind(d -> d.currency, (d, value) -> d.currency = value);
            of(name, country, language, zone, currency);
        }

        @Override
        protected void onAttach(AttachEvent event) {
            if (guess) {
                String zone = event.getUI().getPage().getExtendedClientDetails().getTimeZoneId();
                NewBusiness.in(zone == null ? "" : zone, draft.locale).ifPresent(this::take);
            }
        }

        private void take(NewBusiness seen) {
            draft.country = seen.country();
            draft.locale = seen.locale();
            draft.zone = seen.zone();
            draft.currency = seen.currency();
            binder.readBean(draft);
            binder.setBean(draft);
        }

        @Override
        Business merged(Business now, Business typed) {
            return new Business(
                    now.id(),
                    typed.name(),
                    typed.country(),
                    typed.locale(),
                    typed.zone(),
                    typed.currency(),
                    now.postalAddress(),
                    now.senderName(),
                    now.senderEmail(),
                    now.replyTo(),
                    now.website());
        }
    }
}
