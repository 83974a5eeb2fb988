package io.perennial.content;

import org.jspecify.annotations.Nullable;

/**
 * A template as it was at one moment, to be kept by whoever sends it: later edits of the template do not touch it.
 *
 * @param text the plain-text part where it was written by hand; empty means it is made from the body
 */
public record TemplateSnapshot(
        String subject,
        String preheader,
        String mjml,
        @Nullable String text) {}
