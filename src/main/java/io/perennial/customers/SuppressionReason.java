package io.perennial.customers;

/** Why an address is never mailed. Ordered by strength: a stronger reason replaces a weaker one, never the reverse. */
public enum SuppressionReason {
    /** Put on the list by staff, who may take it off again. */
    MANUAL,
    /** The mailbox does not exist. */
    BOUNCED,
    /** The customer left; only they can come back. */
    UNSUBSCRIBED,
    /** The customer reported a mail as spam. */
    COMPLAINED,
    /** The person was erased; the address itself is gone. */
    ERASED
}
