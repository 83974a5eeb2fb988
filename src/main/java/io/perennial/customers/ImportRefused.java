package io.perennial.customers;

/** A file that cannot be imported at all; the message tells the person why and what to do. */
public class ImportRefused extends RuntimeException {

    public ImportRefused(String message) {
        super(message);
    }
}
