package io.perennial.segments;

import static io.perennial.uikit.Texts.t;

/** A text is no document of a rule; says where the fault is and what it is. */
public class InvalidDocument extends IllegalStateException {

    private final String pointer;
    private final String words;

    InvalidDocument(String pointer, String key, Object... params) {
        this(pointer, t(key, params));
    }

    private InvalidDocument(String pointer, String words) {
        super((pointer.isEmpty() ? "" : pointer + ": ") + words);
        this.pointer = pointer;
        this.words = words;
    }

    /** What it is, in the console's language. */
    public String words() {
        return words;
    }

    /** Where: a JSON pointer (RFC 6901); empty for the whole document. */
    public String pointer() {
        return pointer;
    }
}
