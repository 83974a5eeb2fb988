package io.perennial.customers;

import static io.perennial.uikit.Texts.t;

import io.perennial.accounts.Permission;
import io.perennial.uikit.SearchContribution;
import io.perennial.uikit.SearchHit;
import io.perennial.uikit.SearchPlace;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Finds customers by name, address or the shop's number. */
@Component
class CustomersInSearch implements SearchContribution {

    private final CustomerList list;

    CustomersInSearch(CustomerList list) {
        this.list = list;
    }

    @Override
    public int order() {
        return 10;
    }

    @Override
    public String heading() {
        return t("customers.menu");
    }

    @Override
    public List<SearchPlace> places() {
        return List.of(
                new SearchPlace(t("customers.search_import"), "customers/import", Permission.Names.CUSTOMER_IMPORT));
    }

    @Override
    public List<SearchHit> find(String text, int limit) {
        CustomerQuery query =
                new CustomerQuery(text, null, null, null, null, null, null, CustomerQuery.Sort.LAST_ORDER, true);
        List<CustomerListItem> found = list.list(query, 0, limit + 1);
        List<SearchHit> hits = new ArrayList<>();
        found.stream().limit(limit).forEach(c -> hits.add(new SearchHit(c.name(), note(c), "customers/" + c.id())));
        if (found.size() > limit) {
            hits.add(new SearchHit(
                    t("customers.search_all", text),
                    "",
                    "customers?q=" + URLEncoder.encode(text, StandardCharsets.UTF_8)));
        }
        return hits;
    }

    private static String note(CustomerListItem customer) {
        return Stream.of(customer.email(), customer.city())
                .filter(Objects::nonNull)
                .filter(part -> !part.equals(customer.name()))
                .collect(Collectors.joining(" · "));
    }
}
