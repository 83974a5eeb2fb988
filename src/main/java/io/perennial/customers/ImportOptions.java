package io.perennial.customers;

/**
 * How to import.
 *
 * @param source what the person knows it by, the file's name for instance; part of the evidence of consents
 * @param dryRun counts and answers everything by the same code, and writes nothing
 * @param createMissingCustomers for orders: make a customer for an id or address nobody has yet, instead of rejecting
 * @param policy for customers: what may change
 */
public record ImportOptions(
        String source, CsvFormat format, boolean dryRun, boolean createMissingCustomers, ImportPolicy policy) {

    public static ImportOptions of(String source, CsvFormat format) {
        return new ImportOptions(source, format, false, false, ImportPolicy.STANDARD);
    }

    public ImportOptions asDryRun() {
        return new ImportOptions(source, format, true, createMissingCustomers, policy);
    }

    public ImportOptions creatingMissingCustomers() {
        return new ImportOptions(source, format, dryRun, true, policy);
    }

    public ImportOptions with(ImportPolicy other) {
        return new ImportOptions(source, format, dryRun, createMissingCustomers, other);
    }
}
