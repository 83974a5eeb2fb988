package io.perennial.content;

/**
 * A template as others name it.
 *
 * @param sendable whether it compiles and carries what a marketing mail must (unsubscribe link, postal address)
 */
public record TemplateRef(TemplateId id, String name, boolean sendable) {}
