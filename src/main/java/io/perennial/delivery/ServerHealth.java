package io.perennial.delivery;

import java.time.Duration;
import java.util.concurrent.Semaphore;

/** Whether a server answers, and how many workers it keeps busy. */
final class ServerHealth {

    private final Breaker breaker;
    private final Semaphore workers;

    /** @param workers at most so many talk to it at once, so that a slow one does not hold up what goes to others */
    ServerHealth(Duration firstPause, int workers) {
        this.breaker = new Breaker(firstPause);
        this.workers = new Semaphore(workers);
    }

    Breaker breaker() {
        return breaker;
    }

    /** Whether {@link #enter} would let one in just now. */
    boolean isOpen() {
        return workers.availablePermits() > 0 && breaker.isReady();
    }

    /** Lets a worker talk to it, who {@link #leave}s afterwards. */
    boolean enter() {
        if (!workers.tryAcquire()) {
            return false;
        }
        if (!breaker.mayTry()) {
            workers.release();
            return false;
        }
        return true;
    }

    void leave() {
        workers.release();
    }
}
