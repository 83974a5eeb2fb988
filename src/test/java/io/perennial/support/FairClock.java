package io.perennial.support;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A stopwatch that leaves out the moments in which this machine gave the tests no processor, so that how long something
 * takes can be measured beside other work: it wakes up every ten milliseconds, and whatever more than fifty passed until
 * it did counts as fifty. On a machine at rest it is an ordinary stopwatch.
 */
public final class FairClock implements AutoCloseable {

    private static final Duration TICK = Duration.ofMillis(10);
    private static final long MOST = Duration.ofMillis(50).toNanos();

    private final AtomicLong passed = new AtomicLong();
    private final Thread thread;

    private FairClock() {
        thread = Thread.ofPlatform().name("fair-clock").daemon().start(this::run);
    }

    public static FairClock start() {
        return new FairClock();
    }

    public Duration passed() {
        return Duration.ofNanos(passed.get());
    }

    private void run() {
        long last = System.nanoTime();
        try {
            while (!Thread.currentThread().isInterrupted()) {
                Thread.sleep(TICK);
                long now = System.nanoTime();
                passed.addAndGet(Math.min(MOST, now - last));
                last = now;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
