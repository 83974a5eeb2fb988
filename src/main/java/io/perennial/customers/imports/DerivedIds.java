package io.perennial.customers.imports;

import java.time.LocalDate;

/**
 * Ids for orders of files without an order id: {@code ~customer/day/n}, where n counts the rows of that customer on that
 * day in the order of the file. Importing the same file again finds the same orders.
 */
class DerivedIds {

    /** With this begin derived ids and no others. */
    static final String MARK = "~";

    private final Fingerprints counts = new Fingerprints();

    String next(String customer, LocalDate day) {
        String key = customer.length() > 70
                ? customer.substring(0, 50) + "#" + Integer.toHexString(customer.hashCode())
                : customer;
        String base = MARK + key + "/" + day + "/";
        return base + counts.count(base);
    }
}
