package io.perennial.content;

import io.perennial.kernel.PiecedText;

/**
 * A {@link RenderedMail} as the pieces it was made of: what all mails of a template share is shared here too.
 *
 * @param subject one line, without line breaks
 */
public record PiecedMail(String subject, PiecedText html, PiecedText text) {

    public RenderedMail whole() {
        return new RenderedMail(subject, html.toString(), text.toString());
    }
}
