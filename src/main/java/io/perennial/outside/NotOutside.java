package io.perennial.outside;

import java.io.IOException;

/** A place that nobody but the operator may send us to, or an address that is none. */
public final class NotOutside extends IOException {

    private static final long serialVersionUID = 1;

    /** What is wrong with it. */
    public enum Reason {
        /** It is no address at all, or has parts that it must not have. */
        MALFORMED,
        /** It is not encrypted. */
        NOT_HTTPS,
        /** Its port is not among those that may be used. */
        PORT,
        /** Nobody knows its name. */
        UNKNOWN_HOST,
        /** It lies within this installation's surroundings. */
        PRIVATE
    }

    private final Reason reason;

    NotOutside(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
