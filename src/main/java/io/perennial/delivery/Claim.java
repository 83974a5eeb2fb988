package io.perennial.delivery;

import java.util.List;

/**
 * Messages that one worker holds for a time.
 *
 * @param fence drawn anew by each claim; writes are made under the claim's row, so that a claim that was taken over
 *     changes nothing
 * @param deadlineNanos end of the lease by {@link System#nanoTime()}, counted from before it was taken
 * @param messages in the order of their ids
 * @param fresh whether they are a range of messages that were never claimed before; else some that are tried again
 * @param last whether nothing was left waiting when it was taken
 */
record Claim(Run run, long fence, long deadlineNanos, List<Held> messages, boolean fresh, boolean last) {

    /**
     * One message held.
     *
     * @param attempts answered "later" so far
     * @param ageSeconds since its first attempt; 0 when there was none
     */
    record Held(long id, long customer, String email, int attempts, long ageSeconds) {}
}
