package io.perennial.customers;

/**
 * A tag in use.
 *
 * @param customers how many have it
 */
public record TagCount(String tag, long customers) {}
