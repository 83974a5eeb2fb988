package io.perennial.delivery;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Keeps workers from a server that cannot be reached, and lets one of them try again after growing pauses. */
final class Breaker {

    private static final long LONGEST_NANOS = Duration.ofMinutes(5).toNanos();

    private final long firstNanos;
    private int failures;
    private String lastFailure = "";
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

    /** As {@link #failed()}, and what was said then. */
    synchronized boolean failed(String why) {
        lastFailure = why;
        return failed();
    }

    /** What was said when it failed last; nothing while it works. */
    synchronized @Nullable String trouble() {
        return failures == 0 ? null : lastFailure;
    }

    private long pause() {
        return Math.min(LONGEST_NANOS, firstNanos << Math.min(failures - 1, 10));
    }
}
