package io.perennial.customers.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.combobox.MultiSelectComboBox;
import com.vaadin.flow.component.html.DescriptionList;
import com.vaadin.flow.component.html.Div;
import io.perennial.accounts.CurrentStaff;
import io.perennial.accounts.Permission;
import io.perennial.customers.Customer;
import io.perennial.customers.CustomerList;
import io.perennial.customers.Customers;
import io.perennial.uikit.Formats;
import io.perennial.uikit.Toasts;
import java.time.LocalDate;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Who the customer is, beyond name and address, and their tags. */
class CustomerDetails extends Div {

    CustomerDetails(Customers customers, CustomerList list, Customer customer) {
        DescriptionList facts = new DescriptionList();
        facts.addClassName("details-list");
        put(facts, "external_id", customer.externalId());
        put(facts, "phone", customer.phone());
        put(
                facts,
                "birthday",
                customer.birthday() == null ? null : customer.birthday().toString());
        put(facts, "gender", customer.gender());
        put(facts, "city", customer.city());
        put(facts, "country", customer.country());
        put(facts, "locale", customer.locale());
        put(facts, "zone", customer.zone());
        add(facts, tags(customers, list, customer));
    }

    private static MultiSelectComboBox<String> tags(Customers customers, CustomerList list, Customer customer) {
        MultiSelectComboBox<String> tags = new MultiSelectComboBox<>(t("customers.tags"));
        List<String> has = customers.tags(customer.id());
        List<String> known =
                Stream.concat(has.stream(), list.tags().stream()).distinct().toList();
        tags.setItems(known);
        tags.setValue(new LinkedHashSet<>(has));
        tags.setAllowCustomValue(true);
        tags.setReadOnly(!CurrentStaff.may(Permission.CUSTOMER_WRITE));
        tags.setAutoExpand(MultiSelectComboBox.AutoExpandMode.VERTICAL);
        tags.addClassName("customer-tags");
        tags.addCustomValueSetListener(e -> {
            Set<String> more = new LinkedHashSet<>(tags.getValue());
            more.add(e.getDetail().strip());
            tags.setItems(
                    Stream.concat(more.stream(), known.stream()).distinct().toList());
            tags.setValue(more);
            save(customers, customer, more);
        });
        tags.addValueChangeListener(e -> {
            if (e.isFromClient()) {
                save(customers, customer, e.getValue());
            }
        });
        return tags;
    }

    private static void save(Customers customers, Customer customer, Set<String> tags) {
        customers.saveTags(customer.id(), List.copyOf(tags));
        Toasts.success(t("customers.tags_saved"));
    }

    private static void put(DescriptionList list, String field, @Nullable String stored) {
        String words = words(field, stored);
        if (words != null) {
            list.add(new DescriptionList.Term(t("customers.field." + field)), new DescriptionList.Description(words));
        }
    }

    /** A column's value as people say it: days, countries and languages by their names. */
    static @Nullable String words(String field, @Nullable String stored) {
        if (stored == null) {
            return null;
        }
        return switch (field) {
            case "birthday" -> Formats.date(LocalDate.parse(stored));
            case "gender" -> t("customers.gender." + stored);
            case "country" -> Locale.of("", stored).getDisplayCountry(Locale.ENGLISH);
            case "locale" -> Locale.forLanguageTag(stored).getDisplayName(Locale.ENGLISH);
            default -> stored;
        };
    }
}
