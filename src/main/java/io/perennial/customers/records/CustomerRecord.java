package io.perennial.customers.records;

import io.perennial.customers.Customer;
import io.perennial.customers.CustomerSummary;
import java.util.List;

/**
 * All of a customer but their orders, consents and attributes.
 *
 * @param tags by name
 */
public record CustomerRecord(Customer customer, List<String> tags, CustomerSummary summary) {

    public CustomerRecord {
        tags = List.copyOf(tags);
    }
}
