package io.perennial.customers;

import java.util.List;

/** A file that cannot be imported at all; the message tells the person why and what to do. */
public class ImportRefused extends RuntimeException {

    private final List<ImportField> missing;

    public ImportRefused(String message) {
        this(message, List.of());
    }

    /** @param missing what no column says, and one of which would do */
    public ImportRefused(String message, List<ImportField> missing) {
        super(message);
        this.missing = List.copyOf(missing);
    }

    /** What no column says; one of these would do. Empty where that is not the reason. */
    public List<ImportField> missing() {
        return missing;
    }
}
