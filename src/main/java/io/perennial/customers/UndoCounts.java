package io.perennial.customers;

/**
 * What undoing an import did, or would do.
 *
 * @param customersRemoved customers the import made
 * @param customersRestored customers that get former values back
 * @param ordersRemoved orders the import made
 * @param ordersRestored orders that are again as they were
 * @param consentsRemoved consents the import recorded for customers it did not make
 * @param tagsRemoved tags it gave to such customers
 * @param kept customers and orders that stay as they are, or in part
 */
public record UndoCounts(
        long customersRemoved,
        long customersRestored,
        long ordersRemoved,
        long ordersRestored,
        long consentsRemoved,
        long tagsRemoved,
        long kept) {

    public static final UndoCounts NONE = new UndoCounts(0, 0, 0, 0, 0, 0, 0);

    public UndoCounts plus(UndoCounts more) {
        return new UndoCounts(
                customersRemoved + more.customersRemoved,
                customersRestored + more.customersRestored,
                ordersRemoved + more.ordersRemoved,
                ordersRestored + more.ordersRestored,
                consentsRemoved + more.consentsRemoved,
                tagsRemoved + more.tagsRemoved,
                kept + more.kept);
    }
}
