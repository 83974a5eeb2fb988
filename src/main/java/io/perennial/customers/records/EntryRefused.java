package io.perennial.customers.records;

import io.perennial.customers.ImportField;
import org.jspecify.annotations.Nullable;

/** A record that was not taken; the message says why, in words. Nothing of it was kept. */
public class EntryRefused extends RuntimeException {

    private final @Nullable ImportField field;
    private final int line;
    private final String reason;

    EntryRefused(@Nullable ImportField field, int line, String reason) {
        super(reason);
        this.field = field;
        this.line = line;
        this.reason = reason;
    }

    /** Why, in words. */
    public String reason() {
        return reason;
    }

    /** Whose value is at fault; nothing where it is the record as a whole. */
    public @Nullable ImportField field() {
        return field;
    }

    /** Which of the lines is at fault, from 0. */
    public int line() {
        return line;
    }
}
