package io.perennial.delivery;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What became of a held message.
 *
 * @param counted whether this was an attempt
 * @param delay until the next attempt, with {@link MessageState#RETRY_AT} only; zero for as soon as may be
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

    /** Not handed over: waits again, and this counts no attempt. */
    static Mark putBack(long id) {
        return new Mark(id, MessageState.RETRY_AT, null, false, Duration.ZERO, false);
    }

    /** Not to be handed over before some time has passed; this counts no attempt. */
    static Mark putOff(long id, String why, Duration delay) {
        return new Mark(id, MessageState.RETRY_AT, why, false, delay, false);
    }

    /** Refused for the sender's sake: waits for a person, and this counts. */
    static Mark putBackAfter(long id, String reply) {
        return new Mark(id, MessageState.RETRY_AT, reply, true, Duration.ZERO, false);
    }
}
