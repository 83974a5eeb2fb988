package io.perennial.segments;

import io.perennial.kernel.CustomerId;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A customer as shown beside a rule that picks them.
 *
 * @param orders valid orders ever
 * @param value of them, net of refunds, in the tenant's currency
 */
public record SampleCustomer(
        CustomerId id,
        @Nullable String firstName,
        @Nullable String lastName,
        @Nullable String email,
        @Nullable String city,
        int orders,
        BigDecimal value,
        @Nullable Instant lastOrderAt) {}
