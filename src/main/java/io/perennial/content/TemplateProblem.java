package io.perennial.content;

/**
 * Something wrong in a template.
 *
 * @param part subject, preheader, body or text
 * @param line counted from 1; 0 when it concerns the whole part
 * @param blocking whether it keeps the template from being sent
 * @param message in the console's language, says what to do
 */
public record TemplateProblem(Part part, int line, boolean blocking, String message) {

    public enum Part {
        SUBJECT,
        PREHEADER,
        BODY,
        TEXT
    }
}
