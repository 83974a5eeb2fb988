package io.perennial.delivery;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a link or pixel was asked for.
 *
 * @param userAgent as the visitor names itself
 * @param address from where, if known; looked at and not kept
 * @param head whether only the answer's head was asked for
 * @param prefetch whether the visitor says that it only looks ahead
 */
public record Visit(@Nullable String userAgent, @Nullable String address, boolean head, boolean prefetch) {

    /** Of a person's program, as far as that goes. */
    static Visit by(@Nullable String userAgent) {
        return new Visit(userAgent, null, false, false);
    }

    /** How long after its mail was accepted. */
    enum Moment {
        /** Before it is even known that the mail was accepted, or at once: no person is that fast. */
        AT_ONCE,
        /** Faster than somebody who reads a mail clicks. */
        WITHIN_SECONDS,
        LATER;

        private static final Duration AT_ONCE_FOR = Duration.ofSeconds(2);
        private static final Duration SECONDS = Duration.ofSeconds(5);

        /** @param sinceSent none where it is not known yet that it was sent */
        static Moment of(@Nullable Duration sinceSent) {
            if (sinceSent == null || sinceSent.compareTo(AT_ONCE_FOR) < 0) {
                return AT_ONCE;
            }
            return sinceSent.compareTo(SECONDS) < 0 ? WITHIN_SECONDS : LATER;
        }
    }
}
