package io.perennial.customers;

/** Where an import in the background stands. */
public enum ImportState {
    QUEUED,
    RUNNING,
    DONE,
    /** The file could not be used, or something broke; what was imported before stays. */
    FAILED,
    /** The node that worked on it stopped; what was imported before stays, and importing again is harmless. */
    INTERRUPTED;

    public boolean isOver() {
        return this != QUEUED && this != RUNNING;
    }
}
