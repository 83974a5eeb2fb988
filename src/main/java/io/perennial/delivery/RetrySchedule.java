package io.perennial.delivery;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * When a message that was answered "later" is tried again (RFC 5321, 4.5.4.1).
 *
 * @param waits after the first, second, ... such answer; the last one repeats
 * @param giveUpAfter since the first attempt
 */
record RetrySchedule(List<Duration> waits, Duration giveUpAfter) {

    /** A wait is stretched by up to this share: what was put off together does not come due together. */
    static final double STRETCH = 0.25;

    /**
     * How long to wait.
     *
     * @param attempts answered "later" before this time
     * @param age since the first attempt
     * @return empty when the next attempt would be after the end of patience
     */
    Optional<Duration> after(int attempts, Duration age) {
        Duration wait = waits.get(Math.min(attempts, waits.size() - 1));
        if (age.plus(wait).compareTo(giveUpAfter) > 0) {
            return Optional.empty();
        }
        long stretch = (long) (wait.toMillis() * STRETCH);
        return Optional.of(wait.plusMillis(ThreadLocalRandom.current().nextLong(stretch + 1)));
    }
}
