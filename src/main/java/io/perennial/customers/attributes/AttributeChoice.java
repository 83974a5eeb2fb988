package io.perennial.customers.attributes;

/**
 * One of the values an attribute may have.
 *
 * @param number its own within the attribute, for ever
 * @param archived customers keep it, nobody new gets it
 */
public record AttributeChoice(int number, String name, boolean archived) {}
