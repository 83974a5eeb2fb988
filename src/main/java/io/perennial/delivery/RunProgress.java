package io.perennial.delivery;

/** How far a run is; {@code total = waiting + inFlight + sent + failed + skipped + inDoubt}. */
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
        long uniqueClicks) {}
