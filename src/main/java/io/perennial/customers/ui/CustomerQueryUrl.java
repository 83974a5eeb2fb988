package io.perennial.customers.ui;

import com.vaadin.flow.router.QueryParameters;
import io.perennial.customers.CustomerQuery;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A list's filters and order in the page's address, so that it can be shared. What makes no sense is passed over. */
final class CustomerQueryUrl {

    private CustomerQueryUrl() {}

    static CustomerQuery parse(QueryParameters parameters) {
        String sort = text(parameters, "sort");
        CustomerQuery.Sort by = CustomerQuery.Sort.LAST_ORDER;
        boolean descending = true;
        if (sort != null) {
            descending = sort.startsWith("-");
            String name = (descending ? sort.substring(1) : sort).toUpperCase(Locale.ROOT);
            for (CustomerQuery.Sort known : CustomerQuery.Sort.values()) {
                if (known.name().equals(name)) {
                    by = known;
                }
            }
        }
        return new CustomerQuery(
                text(parameters, "q"),
                yesNo(parameters, "ordered"),
                yesNo(parameters, "mailable"),
                text(parameters, "city"),
                text(parameters, "tag"),
                days(parameters, "within"),
                days(parameters, "silent"),
                by,
                descending);
    }

    static String write(CustomerQuery query) {
        List<String> parts = new ArrayList<>();
        put(parts, "q", query.text());
        put(parts, "ordered", query.hasOrdered());
        put(parts, "mailable", query.mailable());
        put(parts, "city", query.city());
        put(parts, "tag", query.tag());
        put(parts, "within", query.orderedWithinDays());
        put(parts, "silent", query.silentForDays());
        if (query.sort() != CustomerQuery.Sort.LAST_ORDER || !query.descending()) {
            put(
                    parts,
                    "sort",
                    (query.descending() ? "-" : "") + query.sort().name().toLowerCase(Locale.ROOT));
        }
        return String.join("&", parts);
    }

    private static void put(List<String> parts, String name, @Nullable Object value) {
        if (value != null) {
            parts.add(name + "=" + URLEncoder.encode(Objects.toString(value), StandardCharsets.UTF_8));
        }
    }

    private static @Nullable String text(QueryParameters parameters, String name) {
        return parameters
                .getSingleParameter(name)
                .map(String::strip)
                .filter(v -> !v.isEmpty() && v.length() <= 200)
                .orElse(null);
    }

    private static @Nullable Boolean yesNo(QueryParameters parameters, String name) {
        String text = text(parameters, name);
        return text == null ? null : Boolean.valueOf(text);
    }

    private static @Nullable Integer days(QueryParameters parameters, String name) {
        String text = text(parameters, name);
        return text != null && text.matches("\\d{1,5}") ? Integer.valueOf(text) : null;
    }
}
