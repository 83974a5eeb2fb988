package io.perennial.delivery;

import java.time.Duration;

/** Wakes workers that wait for something to do. */
final class WorkSignal {

    private long calls;
    private boolean closed;

    /** How often it was given so far: take it before looking for work, so that no signal falls between. */
    synchronized long seen() {
        return calls;
    }

    synchronized void give() {
        calls++;
        notifyAll();
    }

    synchronized void open() {
        closed = false;
    }

    synchronized void close() {
        closed = true;
        notifyAll();
    }

    /** Waits until it is closed, at most this long. */
    synchronized void awaitClose(Duration atMost) {
        long end = System.nanoTime() + atMost.toNanos();
        try {
            for (long left = atMost.toMillis(); !closed && left > 0; left = (end - System.nanoTime()) / 1_000_000) {
                wait(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits for a signal after {@code seen}, at most this long. */
    synchronized void await(long seen, Duration atMost) {
        long end = System.nanoTime() + atMost.toNanos();
        try {
            while (!closed && calls == seen) {
                long left = (end - System.nanoTime()) / 1_000_000;
                if (left <= 0) {
                    return;
                }
                wait(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
