package io.perennial.customers;

/** Where an import in the background stands. */
public enum ImportState {
    QUEUED,
    RUNNING,
    DONE,
    /** The file could not be used, or something broke; what was imported before stays. */
    FAILED,
    /** The node that worked on it stopped; what was imported before stays, and it can go on. */
    INTERRUPTED,
    /** A person stopped it for a while. */
    PAUSED,
    /** A person stopped it for good; what was imported before stays, and can be undone. */
    CANCELLED;

    /** Whether nobody works on it, or will without being asked. */
    public boolean isOver() {
        return this != QUEUED && this != RUNNING;
    }

    /** Whether it stands where it can go on. */
    public boolean canGoOn() {
        return this == INTERRUPTED || this == PAUSED;
    }
}
