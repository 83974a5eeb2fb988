package io.perennial.customers;

import org.jspecify.annotations.Nullable;

/**
 * Where a consent or its withdrawal comes from, kept as proof.
 *
 * @param source for instance "preference page", "one-click unsubscribe", "import prague.csv", "staff: Ada Novak"; cut
 *     at 100 characters
 * @param wording the exact text shown to the customer, where there was one; cut at 1,000 characters
 */
public record Evidence(String source, @Nullable String wording) {

    public Evidence {
        source = source.length() > 100 ? source.substring(0, 100) : source;
        wording = wording != null && wording.length() > 1000 ? wording.substring(0, 1000) : wording;
    }

    public static Evidence of(String source) {
        return new Evidence(source, null);
    }
}
