package io.perennial.content;

import io.perennial.kernel.CustomerId;
import java.util.Collection;
import java.util.Map;
import java.util.Set;

/**
 * Supplies the variables of customers, many at a time: {@code customer.first_name}, {@code customer.last_name},
 * {@code customer.email}, {@code customer.city}, {@code customer.birthday}, {@code orders.count},
 * {@code orders.value}, {@code orders.last_date}, {@code orders.last_product}, {@code orders.favourite_category},
 * {@code business.name}, {@code business.postal_address}, {@code business.website}. Whoever sends adds
 * {@code links.unsubscribe}, {@code links.preferences} and, for a promotion, {@code voucher.code},
 * {@code voucher.offer}, {@code voucher.expires}.
 */
public interface Personalisation {

    /** A fresh, mutable model for each of the customers that exist; within the current tenant. */
    Map<CustomerId, Map<String, Object>> models(Collection<CustomerId> customers);

    /**
     * As {@link #models(Collection)}, where variables that are not read may be missing.
     *
     * @param variables that are read, as {@link CompiledTemplate#variables()} gives them
     */
    Map<CustomerId, Map<String, Object>> models(Collection<CustomerId> customers, Set<String> variables);
}
