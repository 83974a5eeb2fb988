package io.perennial.customers;

/** What the rows of a file are. */
public enum ImportKind {
    /** One row per customer. */
    CUSTOMERS,
    /** One row per order, or one row per line of an order. */
    ORDERS,
    /** One row per decision of a customer about a topic. */
    CONSENTS,
    /** One row per address that is not to be mailed, whether a customer's or not. */
    SUPPRESSIONS
}
