package io.perennial.customers;

import io.perennial.kernel.CustomerId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who was a customer.
 *
 * @param at since when they are not
 * @param survivor with whom they were made one; nobody where they were erased
 */
public record FormerCustomer(Instant at, @Nullable CustomerId survivor) {}
