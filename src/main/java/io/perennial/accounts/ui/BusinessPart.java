package io.perennial.accounts.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.binder.Binder;
import io.perennial.accounts.Business;
import io.perennial.accounts.Businesses;
import io.perennial.accounts.Guide;
import io.perennial.accounts.GuideAddition;
import io.perennial.accounts.NewBusiness;
import io.perennial.uikit.Texts;
import java.util.List;

/** First: its name, and where and in what it counts, guessed from the founder's browser until it is saved. */
@org.springframework.stereotype.Component
class BusinessPart extends GuideStep {

    static final String KEY = "business";

    private final Guide guide;

    BusinessPart(Businesses businesses, List<GuideAddition> additions, Guide guide) {
        super(KEY, 10, businesses, guide, additions);
        this.guide = guide;
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
    public GuideForm form(Runnable done) {
        GuideForm form = super.form(done);
        if (guide.state().isOpen(KEY)) {
            form.addAttachListener(event -> guess(form, event.getUI()));
        }
        return form;
    }

    private static void guess(GuideForm form, UI ui) {
        String zone = ui.getPage().getExtendedClientDetails().getTimeZoneId();
        NewBusiness.in(zone == null ? "" : zone, form.draft.locale).ifPresent(seen -> {
            form.draft.country = seen.country();
            form.draft.locale = seen.locale();
            form.draft.zone = seen.zone();
            form.draft.currency = seen.currency();
            form.binder.readBean(form.draft);
            form.binder.setBean(form.draft);
        });
    }

    @Override
    List<Component> fields(Binder<BusinessDraft> binder, BusinessDraft draft) {
        TextField name = new TextField(t("accounts.name"));
        name.setMaxLength(120);
        name.setRequiredIndicatorVisible(true);
        binder.forField(name)
                .withValidator(text -> !text.isBlank(), t("accounts.name_missing"))
                .bind(d -> d.name, (d, value) -> d.name = value);
        var country = Choices.country(t("accounts.country"));
        binder.forField(country).asRequired(t("accounts.choose")).bind(d -> d.country, (d, value) -> d.country = value);
        var language = Choices.language(t("accounts.language"), draft.locale);
        language.setHelperText(t("accounts.language_hint"));
        binder.forField(language).asRequired(t("accounts.choose")).bind(d -> d.locale, (d, value) -> d.locale = value);
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
        return List.of(name, country, language, zone, currency);
    }

    @Override
    void take(BusinessDraft typed, BusinessDraft now) {
        now.name = typed.name;
        now.country = typed.country;
        now.locale = typed.locale;
        now.zone = typed.zone;
        now.currency = typed.currency;
    }
}
