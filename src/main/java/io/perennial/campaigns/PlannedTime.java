package io.perennial.campaigns;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.zone.ZoneOffsetTransition;

/**
 * A time on the wall of a zone and the instant it means. Where the clocks are put forward and the time does not exist,
 * it moves forward by the length of the gap (02:30 becomes 03:30); where they are put back and it exists twice, the
 * earlier one counts. Either way there is exactly one instant.
 *
 * @param asked what was asked for
 * @param actual what the clocks there will show at that instant; differs from {@code asked} in a gap only
 */
public record PlannedTime(LocalDateTime asked, ZoneId zone, Instant at, LocalDateTime actual, Oddity oddity) {

    /** What daylight saving does to the time. */
    public enum Oddity {
        NONE,
        /** It does not exist that day. */
        GAP,
        /** It exists twice that day. */
        OVERLAP
    }

    /** The instant meant by a local time. */
    public static PlannedTime of(LocalDateTime asked, ZoneId zone) {
        ZoneOffsetTransition transition = zone.getRules().getTransition(asked);
        // ZonedDateTime's own rule for gaps and overlaps is the one documented above.
        ZonedDateTime resolved = ZonedDateTime.of(asked, zone);
        Oddity oddity = transition == null ? Oddity.NONE : transition.isGap() ? Oddity.GAP : Oddity.OVERLAP;
        return new PlannedTime(asked, zone, resolved.toInstant(), resolved.toLocalDateTime(), oddity);
    }

    /** The instant now, as its local time. */
    public static PlannedTime at(Instant instant, ZoneId zone) {
        LocalDateTime local = LocalDateTime.ofInstant(instant, zone);
        return new PlannedTime(local, zone, instant, local, Oddity.NONE);
    }

    public boolean isBefore(Instant now) {
        return at.isBefore(now);
    }

    /** How long after its time {@code now} is; negative before it. */
    public Duration lateAt(Instant now) {
        return Duration.between(at, now);
    }
}
