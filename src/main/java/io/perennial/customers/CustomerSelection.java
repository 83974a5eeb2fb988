package io.perennial.customers;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Customers that were chosen together: one by one, or all that fit a query.
 *
 * @param query those who fit it; nothing where they were chosen one by one
 * @param customers ids of those chosen one by one
 */
public record CustomerSelection(@Nullable CustomerQuery query, List<Long> customers) {

    /** How many can be chosen one by one. */
    public static final int MOST = 1_000;

    public CustomerSelection {
        customers = List.copyOf(customers);
        if (query == null ? customers.isEmpty() || customers.size() > MOST : !customers.isEmpty()) {
            throw new IllegalArgumentException("A query, or 1 to " + MOST + " customers");
        }
    }

    /** All that fit. */
    public static CustomerSelection of(CustomerQuery query) {
        return new CustomerSelection(query, List.of());
    }

    /** These. */
    public static CustomerSelection of(List<Long> customers) {
        return new CustomerSelection(null, customers);
    }
}
