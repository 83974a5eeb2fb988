package io.perennial.customers;

/**
 * What an import did so far, or would do.
 *
 * @param rows rows read, without the header and empty lines
 * @param created new customers, or new orders
 * @param updated changed ones
 * @param unchanged those that already were as the file says
 * @param rejected rows left out, each with its reason
 * @param customersCreated customers made for orders of people not known before
 * @param skipped rows passed over because the policy wants only new ones, or only known ones
 * @param cleared stored values that blank cells delete
 */
public record ImportCounts(
        long rows,
        long created,
        long updated,
        long unchanged,
        long rejected,
        long customersCreated,
        long skipped,
        long cleared) {

    public static final ImportCounts NONE = new ImportCounts(0, 0, 0, 0, 0, 0);

    /** Where no policy skips rows or clears values. */
    public ImportCounts(long rows, long created, long updated, long unchanged, long rejected, long customersCreated) {
        this(rows, created, updated, unchanged, rejected, customersCreated, 0, 0);
    }

    public ImportCounts plus(ImportCounts more) {
        return new ImportCounts(
                rows + more.rows,
                created + more.created,
                updated + more.updated,
                unchanged + more.unchanged,
                rejected + more.rejected,
                customersCreated + more.customersCreated,
                skipped + more.skipped,
                cleared + more.cleared);
    }
}
