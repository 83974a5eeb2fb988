package io.perennial.segments;

import java.util.function.Supplier;

/**
 * Whether a condition holds of a customer.
 *
 * @param value what the customer has there, in words, made only when somebody asks why
 */
record Verdict(boolean holds, Supplier<String> value) {}
