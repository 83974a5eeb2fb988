package io.perennial.content;

import java.time.Instant;

/**
 * A template as it was last saved.
 *
 * @param version to be handed back when it is saved again, so that nobody overwrites a colleague's work unseen
 * @param updatedBy the name of who saved it
 */
public record SavedTemplate(
        TemplateId id, String name, TemplateSnapshot text, long version, Instant updatedAt, String updatedBy) {}
