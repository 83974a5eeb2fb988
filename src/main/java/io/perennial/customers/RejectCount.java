package io.perennial.customers;

/**
 * How many rows of a file were left out for one reason.
 *
 * @param columnName the column at fault as the file calls it, shortened; empty where the row as a whole is
 */
public record RejectCount(RejectReason why, String columnName, long rows) {}
