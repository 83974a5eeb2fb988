package io.perennial.kernel;

import java.time.Duration;
import java.util.function.Supplier;

/** A reading that several figures share: made when it is asked for and older than some seconds, never more often. */
public final class LatelyRead<T> {

    private final long freshNanos;
    private final Supplier<T> read;
    private final T unknown;
    private T last;
    private long at;

    /** @param unknown what there is while it cannot be read */
    public LatelyRead(Duration fresh, T unknown, Supplier<T> read) {
        this.freshNanos = fresh.toNanos();
        this.unknown = unknown;
        this.read = read;
        this.last = unknown;
        this.at = System.nanoTime() - freshNanos;
    }

    public synchronized T get() {
        if (System.nanoTime() - at >= freshNanos) {
            try {
                last = read.get();
            } catch (RuntimeException e) {
                last = unknown; // whoever asks for figures sees by their absence that something is wrong
            }
            at = System.nanoTime();
        }
        return last;
    }
}
