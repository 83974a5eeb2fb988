package io.perennial.content;

/** Identity of a mail template within its business. */
public record TemplateId(long value) {

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
