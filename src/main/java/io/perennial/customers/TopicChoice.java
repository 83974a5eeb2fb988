package io.perennial.customers;

import org.jspecify.annotations.Nullable;

/**
 * A topic as a page for customers shows it.
 *
 * @param status nothing where the customer was never asked
 * @param wording the exact text by which they agree, in the page's language
 */
public record TopicChoice(ConsentTopic topic, @Nullable ConsentStatus status, String wording) {}
