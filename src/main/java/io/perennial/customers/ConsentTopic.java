package io.perennial.customers;

import org.jspecify.annotations.Nullable;

/**
 * What a customer may agree to be mailed about.
 *
 * @param code stable, used in rules and links
 * @param name as the customer reads it
 * @param archived whether it is no longer offered; consents to it stay
 */
public record ConsentTopic(
        String code, String name, @Nullable String description, boolean archived) {

    /** The topic every business has. */
    public static final String NEWS = "news";

    public ConsentTopic(String code, String name, @Nullable String description) {
        this(code, name, description, false);
    }
}
