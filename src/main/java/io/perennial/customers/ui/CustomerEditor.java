package io.perennial.customers.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.datepicker.DatePicker;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.formlayout.FormLayout;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import io.perennial.customers.Customer;
import io.perennial.customers.CustomerNotFound;
import io.perennial.customers.Customers;
import io.perennial.customers.ErasedPersonException;
import io.perennial.kernel.EmailAddress;
import io.perennial.uikit.DateWords;
import io.perennial.uikit.Toasts;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;

/** Changes who a customer is. */
class CustomerEditor extends Dialog {

    private final TextField firstName = field("first_name", 100);
    private final TextField lastName = field("last_name", 100);
    private final TextField email = field("email", 254);
    private final TextField phone = field("phone", 40);
    private final TextField externalId = field("external_id", 100);
    private final TextField city = field("city", 100);
    private final ComboBox<String> country = new ComboBox<>(t("customers.field.country"));
    private final Select<String> gender = new Select<>();
    private final DatePicker birthday = new DatePicker(t("customers.field.birthday"));
    private final transient Customers customers;
    private final transient Customer customer;
    private final Runnable saved;

    CustomerEditor(Customers customers, Customer customer, Runnable saved) {
        this.customers = customers;
        this.customer = customer;
        this.saved = saved;
        setHeaderTitle(t("customers.edit_title", customer.displayName()));
        setWidth("min(720px, 100%)");
        country.setItems(List.of(Locale.getISOCountries()));
        country.setItemLabelGenerator(c -> Locale.of("", c).getDisplayCountry(Locale.ENGLISH));
        country.setClearButtonVisible(true);
        gender.setLabel(t("customers.field.gender"));
        gender.setItems("female", "male", "other");
        gender.setEmptySelectionAllowed(true);
        gender.setItemLabelGenerator(g -> g == null ? "" : t("customers.gender." + g));
        DateWords.prepare(birthday);
        birthday.getI18n()
                .setMinErrorMessage(t("customers.birthday_too_old"))
                .setMaxErrorMessage(t("customers.birthday_to_come"));
        birthday.setMin(LocalDate.of(1900, 1, 1));
        birthday.setMax(LocalDate.now(java.time.ZoneOffset.UTC));
        firstName.setValue(text(customer.firstName()));
        lastName.setValue(text(customer.lastName()));
        email.setValue(text(customer.email()));
        phone.setValue(text(customer.phone()));
        externalId.setValue(text(customer.externalId()));
        city.setValue(text(customer.city()));
        country.setValue(customer.country());
        gender.setValue(customer.gender());
        birthday.setValue(customer.birthday());
        add(new FormLayout(firstName, lastName, email, phone, externalId, city, country, gender, birthday));
        Button save = new Button(t("customers.save"), e -> save());
        save.addThemeVariants(ButtonVariant.PRIMARY);
        getFooter().add(new Button(t("customers.cancel"), e -> close()), save);
        addOpenedChangeListener(e -> {
            if (e.isOpened()) {
                firstName.focus();
            }
        });
    }

    private void save() {
        email.setInvalid(false);
        externalId.setInvalid(false);
        String address = value(email);
        if (address != null && EmailAddress.parse(address).isEmpty()) {
            refuse(email, t("customers.reject.no_email"));
            return;
        }
        if (address == null && value(externalId) == null) {
            refuse(email, t("customers.reject.no_key"));
            return;
        }
        if (birthday.isInvalid()) {
            birthday.focus();
            return;
        }
        try {
            customers.save(new Customer(
                    customer.id(),
                    value(externalId),
                    address == null ? null : new EmailAddress(address).value(),
                    value(firstName),
                    value(lastName),
                    value(phone),
                    gender.getValue(),
                    birthday.getValue(),
                    value(city),
                    country.getValue(),
                    customer.locale(),
                    customer.zone(),
                    customer.createdAt()));
        } catch (ErasedPersonException e) {
            refuse(email, String.valueOf(e.getMessage()));
            return;
        } catch (DuplicateKeyException e) {
            refuse(email, t("customers.taken"));
            return;
        } catch (CustomerNotFound e) {
            Toasts.error(t("customers.gone_meanwhile"));
            return;
        }
        close();
        Toasts.success(t("customers.saved"));
        saved.run();
    }

    private static void refuse(TextField field, String why) {
        field.setErrorMessage(why);
        field.setInvalid(true);
        field.focus();
    }

    private static TextField field(String name, int longest) {
        TextField field = new TextField(t("customers.field." + name));
        field.setMaxLength(longest);
        return field;
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }

    private static @Nullable String value(TextField field) {
        return field.getValue().isBlank() ? null : field.getValue().strip();
    }
}
