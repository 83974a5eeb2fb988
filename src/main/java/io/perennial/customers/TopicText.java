package io.perennial.customers;

import org.jspecify.annotations.Nullable;

/**
 * A topic in one language of customers.
 *
 * @param name nothing where the topic's own name is shown
 * @param wording the exact text by which customers agree
 * @param version of the wording, from 1; 0 where it is the one this product brings along
 */
public record TopicText(
        String language, @Nullable String name, @Nullable String description, String wording, int version) {}
