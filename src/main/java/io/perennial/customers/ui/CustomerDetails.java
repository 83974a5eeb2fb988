package io.perennial.customers.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.html.DescriptionList;
import com.vaadin.flow.component.html.Div;
import io.perennial.customers.Customer;
import io.perennial.customers.CustomerList;
import io.perennial.customers.CustomerTags;
import io.perennial.uikit.Formats;
import java.time.LocalDate;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Who the customer is, beyond name and address, and their tags. */
class CustomerDetails extends Div {

    CustomerDetails(CustomerTags tags, CustomerList list, Customer customer) {
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
        add(facts, new CustomerTagField(tags, list, customer.id()));
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
