package io.perennial.customers.bulk;

/** How a bulk job stands. */
public enum BulkState {
    QUEUED,
    RUNNING,
    DONE,
    FAILED,
    /** By a member of staff. */
    STOPPED,
    /** Its node stopped. */
    INTERRUPTED;

    public boolean isOver() {
        return this != QUEUED && this != RUNNING;
    }
}
