package io.perennial.delivery;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What became of a held message.
 *
 * @param counted whether this was an attempt
 * @param delay until the next attempt, with {@link MessageState#RETRY_AT} only
 * @param bounced whether nobody has this address
 */
record Mark(
        long id,
        MessageState state,
        @Nullable String detail,
        boolean counted,
        @Nullable Duration delay,
        boolean bounced) {

    static Mark sent(long id, String reply) {
        return new Mark(id, MessageState.SENT, reply, true, null, false);
    }

    static Mark failed(long id, String why) {
        return new Mark(id, MessageState.FAILED, why, true, null, false);
    }

    static Mark bounced(long id, String reply) {
        return new Mark(id, MessageState.FAILED, reply, true, null, true);
    }

    static Mark skipped(long id, String why) {
        return new Mark(id, MessageState.SKIPPED, why, false, null, false);
    }

    static Mark later(long id, String reply, Duration delay) {
        return new Mark(id, MessageState.RETRY_AT, reply, true, delay, false);
    }

    static Mark inDoubt(long id, String why) {
        return new Mark(id, MessageState.IN_DOUBT, why, true, null, false);
    }

    /** Not handed over: as if it had never been claimed. */
    static Mark putBack(long id) {
        return new Mark(id, MessageState.PENDING, null, false, null, false);
    }

    /** Refused for the sender's sake: waits for a person, and this counts. */
    static Mark putBackAfter(long id, String reply) {
        return new Mark(id, MessageState.PENDING, reply, true, null, false);
    }
}
