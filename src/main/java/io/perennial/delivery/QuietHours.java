package io.perennial.delivery;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/**
 * The hours in which a business does not write to people.
 *
 * @param from the first quiet minute
 * @param until the first minute that is not; before {@code from} where they go over midnight
 * @param ofCustomer by the clock of each person's own zone where it is known; otherwise by the business's
 */
public record QuietHours(LocalTime from, LocalTime until, boolean ofCustomer) {

    public QuietHours {
        if (from.equals(until)) {
            throw new IllegalArgumentException("Quiet hours begin and end at different times");
        }
    }

    /** How long it is quiet from then on; zero when it is not. */
    public Duration quietFor(Instant now, ZoneId zone) {
        ZonedDateTime there = now.atZone(zone);
        LocalTime clock = there.toLocalTime();
        boolean overMidnight = from.isAfter(until);
        boolean quiet = overMidnight
                ? !clock.isBefore(from) || clock.isBefore(until)
                : !clock.isBefore(from) && clock.isBefore(until);
        if (!quiet) {
            return Duration.ZERO;
        }
        var day = overMidnight && !clock.isBefore(from) ? there.toLocalDate().plusDays(1) : there.toLocalDate();
        // A clock put forward or back that night moves the end with it: it is the clock on the wall that counts.
        return Duration.between(now, ZonedDateTime.of(day, until, zone).toInstant());
    }
}
