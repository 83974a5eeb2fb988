package io.perennial.delivery;

/** Where a run stands. */
public enum RunState {
    /** Recipients are being frozen; nothing is sent yet. */
    PREPARING,
    SENDING,
    PAUSED,
    CANCELLED,
    /** No message is waiting any more; some may be in doubt. */
    DONE
}
