package io.perennial.delivery;

/** Where a message stands in the ledger. */
public enum MessageState {
    PENDING,
    /** A worker holds it under a lease; nothing has been transmitted. */
    CLAIMED,
    /** As CLAIMED, and committed as begun before its content went out: the server may have it. */
    TRANSMITTING,
    SENT,
    /** The server said "later" (4xx). */
    RETRY_AT,
    FAILED,
    /** Left out on purpose: unsubscribed after queueing, suppressed, cancelled. */
    SKIPPED,
    /** The worker ended between DATA and the server's answer was kept; never resent by itself. */
    IN_DOUBT
}
