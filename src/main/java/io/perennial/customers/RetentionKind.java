package io.perennial.customers;

/** What a business may keep for a time only. */
public enum RetentionKind {
    /** Customers without any sign of life: erased, their orders stay as numbers without a person. */
    CUSTOMERS,
    /** Who mails went to, and what servers answered: overwritten. The figures of campaigns stay. */
    MAILS,
    /** Each opening and click. Whether a mail was opened or clicked at all stays. */
    ENGAGEMENT,
    /** Rows that imports left out. */
    REJECTS,
    /** Mails that came in and could not be read. */
    QUARANTINE
}
