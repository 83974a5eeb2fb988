package io.perennial.content.rendering;

/** A template cannot be used as written; the message says why in the console's words. */
final class TemplateFault extends RuntimeException {

    private final int line;

    /**
     * @param line counted from 1; 0 when unknown
     */
    TemplateFault(String message, int line) {
        super(message);
        this.line = line;
    }

    int line() {
        return line;
    }
}
