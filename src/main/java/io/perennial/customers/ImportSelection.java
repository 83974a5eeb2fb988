package io.perennial.customers;

/**
 * The customers of an import.
 *
 * @param job the import
 */
public record ImportSelection(long job, Which which) {

    /** Which of them. */
    public enum Which {
        /** Everybody the file names who is a customer now. */
        ALL,
        /** Whom the import made. */
        NEW,
        /** Who was known before, and was changed or ordered something. */
        UPDATED
    }
}
