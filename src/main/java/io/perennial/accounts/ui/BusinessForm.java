package io.perennial.accounts.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.formlayout.FormLayout;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.textfield.EmailField;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.binder.Binder;
import com.vaadin.flow.data.value.ValueChangeMode;
import com.vaadin.flow.function.SerializablePredicate;
import io.perennial.accounts.Business;
import io.perennial.accounts.Businesses;
import io.perennial.accounts.CurrentStaff;
import io.perennial.accounts.Permission;
import io.perennial.accounts.StaffRuleException;
import io.perennial.kernel.EmailAddress;
import io.perennial.uikit.NamesChanged;
import io.perennial.uikit.Toasts;
import java.util.Arrays;

/** The business's settings in three groups; to look at only for those who may not change them. */
class BusinessForm extends Div {

    private final Businesses businesses;
    private final Binder<BusinessDraft> binder = new Binder<>();
    private final Button save = new Button(t("accounts.save"), e -> save());

    BusinessForm(Businesses businesses) {
        this.businesses = businesses;
        addClassName("settings-form");
        Business business = businesses.current();
        add(
                group("who", name(), website(), address()),
                group("calendar", country(), language(business), zone(), currency()),
                group("mail", senderName(), senderEmail(), replyTo()));
        binder.setBean(new BusinessDraft(business));
        if (CurrentStaff.may(Permission.SETTINGS_WRITE)) {
            save.addThemeVariants(ButtonVariant.PRIMARY);
            Div actions = new Div(save);
            actions.addClassName("form-actions");
            add(actions);
        } else {
            binder.setReadOnly(true);
        }
    }

    private void save() {
        if (binder.validate().isOk()) {
            try {
                businesses.update(binder.getBean().toBusiness());
                Toasts.success(t("accounts.saved"));
                NamesChanged.tell(UI.getCurrent());
            } catch (StaffRuleException broken) { // orders came in meanwhile
                Toasts.error(StaffList.words(broken));
            }
        } else {
            Toasts.error(t("accounts.not_saved"));
        }
    }

    private static Section group(String key, Component... fields) {
        FormLayout form = new FormLayout(fields);
        Arrays.stream(fields).filter(TextArea.class::isInstance).forEach(area -> form.setColspan(area, 2));
        form.setAutoResponsive(true);
        form.setAutoRows(true);
        form.setExpandFields(true);
        form.setExpandColumns(true);
        form.setMaxColumns(2);
        form.setColumnWidth("18em");
        Div words = new Div(new H2(t("accounts.group_" + key)), new Paragraph(t("accounts.group_" + key + "_hint")));
        words.addClassName("settings-words");
        Section section = new Section(words, form);
        section.addClassName("settings-group");
        return section;
    }

    private Component name() {
        TextField field = new TextField(t("accounts.name"));
        field.setMaxLength(120);
        binder.forField(field)
                .withValidator(text -> !text.isBlank(), t("accounts.name_missing"))
                .bind(d -> d.name, (d, value) -> d.name = value);
        field.setRequiredIndicatorVisible(true);
        return field;
    }

    private Component website() {
        TextField field = new TextField(t("accounts.website"));
        field.setPlaceholder("https://");
        binder.forField(field)
                .withValidator(blankOr(Business::isWebAddress), t("accounts.website_invalid"))
                .bind(d -> d.website, (d, value) -> d.website = value);
        return field;
    }

    private Component address() {
        TextArea field = new TextArea(t("accounts.postal_address"));
        field.setHelperText(t("accounts.postal_address_hint"));
        field.setMaxLength(500);
        field.setMinRows(3);
        field.setValueChangeMode(ValueChangeMode.ON_BLUR);
        binder.forField(field).bind(d -> d.postalAddress, (d, value) -> d.postalAddress = value);
        return field;
    }

    private Component country() {
        var field = Choices.country(t("accounts.country"));
        binder.forField(field).asRequired(t("accounts.choose")).bind(d -> d.country, (d, value) -> d.country = value);
        return field;
    }

    private Component language(Business business) {
        var field = Choices.language(t("accounts.language"), business.locale());
        field.setHelperText(t("accounts.language_hint"));
        binder.forField(field).asRequired(t("accounts.choose")).bind(d -> d.locale, (d, value) -> d.locale = value);
        return field;
    }

    private Component zone() {
        var field = Choices.zone(t("accounts.zone"));
        field.setHelperText(t("accounts.zone_hint"));
        binder.forField(field).asRequired(t("accounts.choose")).bind(d -> d.zone, (d, value) -> d.zone = value);
        return field;
    }

    private Component currency() {
        var field = Choices.currency(t("accounts.currency"));
        binder.forField(field).asRequired(t("accounts.choose")).bind(d -> d.currency, (d, value) -> d.currency = value);
        boolean free = businesses.mayChangeCurrency();
        field.setReadOnly(!free);
        field.setHelperText(t(free ? "accounts.currency_hint" : "accounts.currency_fixed"));
        return field;
    }

    private Component senderName() {
        TextField field = new TextField(t("accounts.sender_name"));
        binder.forField(field)
                .withValidator(blankOr(text -> Business.isHeaderText(text, 120)), t("accounts.sender_name_invalid"))
                .bind(d -> d.senderName, (d, value) -> d.senderName = value);
        return field;
    }

    private Component senderEmail() {
        EmailField field = emailField(t("accounts.sender_email"));
        field.setHelperText(t("accounts.sender_email_hint"));
        binder.forField(field)
                .withValidator(blankOr(text -> EmailAddress.parse(text).isPresent()), t("accounts.email_invalid"))
                .bind(d -> d.senderEmail, (d, value) -> d.senderEmail = value);
        return field;
    }

    private Component replyTo() {
        EmailField field = emailField(t("accounts.reply_to"));
        field.setHelperText(t("accounts.reply_to_hint"));
        binder.forField(field)
                .withValidator(blankOr(text -> EmailAddress.parse(text).isPresent()), t("accounts.email_invalid"))
                .bind(d -> d.replyTo, (d, value) -> d.replyTo = value);
        return field;
    }

    /** The field checks its text itself as well, and says so in its own words unless it is given ours. */
    static EmailField emailField(String label) {
        EmailField field = new EmailField(label);
        field.setI18n(new EmailField.EmailFieldI18n().setPatternErrorMessage(t("accounts.email_invalid")));
        return field;
    }

    private static SerializablePredicate<String> blankOr(SerializablePredicate<String> valid) {
        return text -> text.isBlank() || valid.test(text.strip());
    }
}
