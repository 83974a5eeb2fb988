package io.perennial.content;

import org.jspecify.annotations.Nullable;

/**
 * What a template says.
 *
 * @param subject with Liquid
 * @param preheader the line that mail programs show after the subject, with Liquid; may be empty
 * @param mjml the body, MJML with Liquid
 * @param text the plain-text part with Liquid; null to derive it from the body
 */
public record TemplateText(
        String subject,
        String preheader,
        String mjml,
        @Nullable String text) {}
