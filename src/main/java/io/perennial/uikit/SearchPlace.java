package io.perennial.uikit;

/**
 * A page or a deed that the console's search offers by its name: "New segment".
 *
 * @param name sentence case, a deed as its button says it
 * @param href route with query, without a leading slash
 * @param authority without which the page does not open; the place is offered only to those who have it
 */
public record SearchPlace(String name, String href, String authority) {}
