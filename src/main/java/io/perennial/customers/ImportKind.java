package io.perennial.customers;

/** What the rows of a file are. */
public enum ImportKind {
    /** One row per customer. */
    CUSTOMERS,
    /** One row per order, or one row per line of an order. */
    ORDERS
}
