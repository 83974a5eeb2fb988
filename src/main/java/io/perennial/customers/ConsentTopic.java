package io.perennial.customers;

import org.jspecify.annotations.Nullable;

/**
 * What a customer may agree to be mailed about.
 *
 * @param code stable, used in rules and links
 * @param name as the customer reads it
 */
public record ConsentTopic(
        String code, String name, @Nullable String description) {

    /** The topic every business has. */
    public static final String NEWS = "news";
}
