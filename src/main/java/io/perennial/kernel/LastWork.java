package io.perennial.kernel;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

/** The end of background threads when the node ends. */
public final class LastWork {

    private static final long AFTER_INTERRUPT_MILLIS = 1_000;

    private LastWork() {}

    /**
     * Lets what was handed over come to its end and takes nothing new. What lasts longer than {@code patience} is interrupted
     * and has a second more.
     *
     * @return whether everything has ended
     */
    public static boolean end(ExecutorService threads, Duration patience) {
        threads.shutdown();
        try {
            if (threads.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                return true;
            }
            threads.shutdownNow();
            return threads.awaitTermination(AFTER_INTERRUPT_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
