package io.perennial.segments;

import static io.perennial.uikit.Texts.t;

/** A text is no document of a rule; says where the fault is and what it is. */
public class InvalidDocument extends IllegalStateException {

    private final String pointer;

    InvalidDocument(String pointer, String key, Object... params) {
        super((pointer.isEmpty() ? "" : pointer + ": ") + t(key, params));
        this.pointer = pointer;
    }

    /** Where: a JSON pointer (RFC 6901); empty for the whole document. */
    public String pointer() {
        return pointer;
    }
}
