package io.perennial.customers.bulk;

/** How a bulk job stands. */
public enum BulkState {
    QUEUED,
    RUNNING,
    DONE,
    FAILED,
    /** What it was to change did not take it: a list that is full, for instance. */
    REFUSED,
    /** By a member of staff. */
    STOPPED,
    /** Its node stopped. */
    INTERRUPTED;

    /** Whether somebody has to do something about it. */
    public boolean isTrouble() {
        return this == FAILED || this == REFUSED || this == INTERRUPTED;
    }

    public boolean isOver() {
        return this != QUEUED && this != RUNNING;
    }
}
