package io.perennial.customers;

/**
 * How to import.
 *
 * @param source what the person knows it by, the file's name for instance; part of the evidence of consents
 * @param dryRun counts and answers everything by the same code, and writes nothing
 * @param createMissingCustomers for orders: make a customer for an id or address nobody has yet, instead of rejecting
 */
public record ImportOptions(String source, CsvFormat format, boolean dryRun, boolean createMissingCustomers) {

    public static ImportOptions of(String source, CsvFormat format) {
        return new ImportOptions(source, format, false, false);
    }

    public ImportOptions asDryRun() {
        return new ImportOptions(source, format, true, createMissingCustomers);
    }

    public ImportOptions creatingMissingCustomers() {
        return new ImportOptions(source, format, dryRun, true);
    }
}
