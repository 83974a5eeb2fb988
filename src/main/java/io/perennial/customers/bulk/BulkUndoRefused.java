package io.perennial.customers.bulk;

/** A deed on many cannot be undone; the message says why, ready to show. */
public class BulkUndoRefused extends IllegalStateException {

    private static final long serialVersionUID = 1;

    BulkUndoRefused(String words) {
        super(words);
    }

    /** Ready to show. */
    public String words() {
        return String.valueOf(getMessage());
    }
}
