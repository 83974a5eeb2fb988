package io.perennial.delivery;

import org.jspecify.annotations.Nullable;

/**
 * How far a run is; {@code total = waiting + inFlight + sent + failed + skipped + inDoubt}, where total was counted when
 * the audience was frozen and the others are counted now. The rest are subsets: bounced of failed and sent, the others
 * of sent.
 *
 * @param reason why delivery paused it, in the server's words; empty where a person did
 */
public record RunProgress(
        RunState state,
        long total,
        long waiting,
        long inFlight,
        long sent,
        long failed,
        long skipped,
        long inDoubt,
        long bounced,
        long complained,
        long unsubscribed,
        long uniqueOpens,
        long uniqueClicks,
        @Nullable String reason) {

    /** Of what was not launched. */
    public static final RunProgress NONE =
            new RunProgress(RunState.PREPARING, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, null);
}
