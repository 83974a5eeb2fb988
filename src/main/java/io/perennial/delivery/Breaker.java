package io.perennial.delivery;

import java.time.Duration;

/** Keeps workers from a server that cannot be reached, and lets one of them try again after growing pauses. */
final class Breaker {

    private static final long LONGEST_NANOS = Duration.ofMinutes(5).toNanos();

    private final long firstNanos;
    private int failures;
    private long openUntil;

    Breaker(Duration first) {
        this.firstNanos = first.toNanos();
    }

    /** Whether the caller may talk to the server now. After a pause, one caller may; the others once that succeeded. */
    synchronized boolean mayTry() {
        if (failures == 0) {
            return true;
        }
        if (System.nanoTime() - openUntil < 0) {
            return false;
        }
        openUntil = System.nanoTime() + pause();
        return true;
    }

    /** Whether {@link #mayTry} would say yes; changes nothing. */
    synchronized boolean isReady() {
        return failures == 0 || System.nanoTime() - openUntil >= 0;
    }

    synchronized void worked() {
        failures = 0;
    }

    /** Whether this is the failure that opened it. */
    synchronized boolean failed() {
        failures = Math.min(failures + 1, 30);
        openUntil = System.nanoTime() + pause();
        return failures == 1;
    }

    private long pause() {
        return Math.min(LONGEST_NANOS, firstNanos << Math.min(failures - 1, 10));
    }
}
