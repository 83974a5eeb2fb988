package io.perennial.content;

/**
 * A mail for one person, before tracking is put into its links.
 *
 * @param subject one line, without line breaks
 * @param html the whole document
 * @param text the plain-text part
 */
public record RenderedMail(String subject, String html, String text) {}
