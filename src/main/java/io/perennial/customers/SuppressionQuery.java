package io.perennial.customers;

import org.jspecify.annotations.Nullable;

/**
 * Which entries of the suppression list.
 *
 * @param text a whole address, or how it begins
 */
public record SuppressionQuery(
        @Nullable String text, @Nullable SuppressionReason reason) {

    public static final SuppressionQuery ALL = new SuppressionQuery(null, null);
}
