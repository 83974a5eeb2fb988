package io.perennial.delivery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** The engine's workers, and the connections that they use just now. */
final class Crew {

    /** For writing down what came of the messages in hand. */
    private static final Duration REST = Duration.ofSeconds(4);

    private final List<Thread> threads = new ArrayList<>();
    private final Set<MailConnection> inUse = ConcurrentHashMap.newKeySet();

    void launch(String name, Runnable work) {
        threads.add(Thread.ofPlatform().name(name).daemon().start(work));
    }

    /** Does something over a connection. */
    <T> T using(MailConnection connection, Supplier<T> work) {
        inUse.add(connection);
        try {
            return work.get();
        } finally {
            inUse.remove(connection);
        }
    }

    /**
     * Waits until all have ended. For a mail server's answer no longer than {@code patience}: then its connections are
     * ended, and what the server was given without an answer is in doubt.
     *
     * @return whether all have
     */
    boolean awaitEnd(Duration patience) {
        if (!joined(patience)) {
            inUse.forEach(MailConnection::abandon);
        }
        boolean ended = joined(REST);
        threads.clear();
        return ended;
    }

    private boolean joined(Duration atMost) {
        long end = System.nanoTime() + atMost.toNanos();
        try {
            for (Thread thread : threads) {
                Duration left = Duration.ofNanos(Math.max(1, end - System.nanoTime()));
                if (!thread.join(left)) {
                    return false;
                }
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
