package io.perennial.customers;

import io.perennial.kernel.CustomerId;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A customer in a list.
 *
 * @param name never empty: the name, else the address, else the shop's number
 * @param orders valid ones
 * @param value net of refunds, in the business's currency
 */
public record CustomerListItem(
        CustomerId id,
        String name,
        @Nullable String email,
        @Nullable String externalId,
        @Nullable String city,
        boolean suppressed,
        int orders,
        BigDecimal value,
        @Nullable Instant lastOrderAt) {}
