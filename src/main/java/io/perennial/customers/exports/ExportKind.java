package io.perennial.customers.exports;

/** Which list is exported. */
public enum ExportKind {
    CUSTOMERS,
    SEGMENT,
    ORDERS,
    ORDER_LINES,
    CONSENTS,
    SUPPRESSIONS
}
