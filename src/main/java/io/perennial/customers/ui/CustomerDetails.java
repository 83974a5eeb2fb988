package io.perennial.customers.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.combobox.MultiSelectComboBox;
import com.vaadin.flow.component.html.DescriptionList;
import com.vaadin.flow.component.html.Div;
import io.perennial.accounts.CurrentStaff;
import io.perennial.accounts.Permission;
import io.perennial.customers.Customer;
import io.perennial.customers.Customers;
import io.perennial.uikit.Formats;
import io.perennial.uikit.Toasts;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who the customer is, beyond name and address, and their tags. */
class CustomerDetails extends Div {

    CustomerDetails(Customers customers, Customer customer) {
        DescriptionList list = new DescriptionList();
        list.addClassName("details-list");
        put(list, "external_id", customer.externalId());
        put(list, "phone", customer.phone());
        put(list, "birthday", customer.birthday() == null ? null : Formats.date(customer.birthday()));
        put(list, "gender", customer.gender() == null ? null : t("customers.gender." + customer.gender()));
        put(list, "city", customer.city());
        put(
                list,
                "country",
                customer.country() == null
                        ? null
                        : Locale.of("", customer.country()).getDisplayCountry(Locale.ENGLISH));
        put(list, "locale", customer.locale());
        put(list, "zone", customer.zone());
        add(list, tags(customers, customer));
    }

    private static MultiSelectComboBox<String> tags(Customers customers, Customer customer) {
        MultiSelectComboBox<String> tags = new MultiSelectComboBox<>(t("customers.tags"));
        List<String> has = customers.tags(customer.id());
        tags.setItems(has);
        tags.setValue(new LinkedHashSet<>(has));
        tags.setAllowCustomValue(true);
        tags.setReadOnly(!CurrentStaff.may(Permission.CUSTOMER_WRITE));
        tags.addClassName("customer-tags");
        tags.addCustomValueSetListener(e -> {
            Set<String> more = new LinkedHashSet<>(tags.getValue());
            more.add(e.getDetail().strip());
            tags.setItems(new ArrayList<>(more));
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

    private static void put(DescriptionList list, String field, @Nullable String value) {
        if (value != null) {
            list.add(new DescriptionList.Term(t("customers.field." + field)), new DescriptionList.Description(value));
        }
    }
}
