package io.perennial.delivery;

import java.util.List;

/**
 * Messages that one worker holds for a time.
 *
 * @param fence drawn anew by each claim; writes name it, so that a claim that was taken over changes nothing
 * @param deadlineNanos end of the lease by {@link System#nanoTime()}, counted from before it was taken
 */
record Claim(Run run, long fence, long deadlineNanos, List<Held> messages) {

    /**
     * One message held.
     *
     * @param attempts answered "later" so far
     * @param ageSeconds since its first attempt; 0 when there was none
     */
    record Held(long id, long customer, String email, int attempts, long ageSeconds) {}
}
