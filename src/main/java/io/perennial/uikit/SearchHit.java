package io.perennial.uikit;

/**
 * One line of the console's search: a thing, a page or a deed.
 *
 * @param name what it is called
 * @param note what tells it from others of that name; may be empty
 * @param href where it is: route with query, without a leading slash
 */
public record SearchHit(String name, String note, String href) {}
