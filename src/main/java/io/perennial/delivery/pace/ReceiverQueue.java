package io.perennial.delivery.pace;

import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/**
 * The places of one receiver's hours. Newcomers get what is left of this hour and then places at the tail of the queue,
 * each an hour and a moment in it; so a message is put off once, to its own time, however long the queue. One that comes
 * back at its time goes before newcomers; should its hour be full all the same (others came late), it gets the next
 * place of a second queue that begins in the hour after.
 */
final class ReceiverQueue {

    private static final long SECONDS = 3600;

    private final int limit;
    private final LocalDateTime now;
    private final long hour;
    long usedHour;
    int used;
    long tailHour;
    int tailUsed;
    long lateHour;
    int lateUsed;

    ReceiverQueue(
            int limit,
            LocalDateTime now,
            long usedHour,
            int used,
            long tailHour,
            int tailUsed,
            long lateHour,
            int lateUsed) {
        this.limit = limit;
        this.now = now;
        this.hour = hourOf(now);
        this.usedHour = hour;
        this.used = usedHour == hour ? used : 0;
        boolean tailPast = tailHour < hour;
        this.tailHour = tailPast ? hour : tailHour;
        this.tailUsed = tailPast ? this.used : tailUsed;
        boolean latePast = lateHour <= hour;
        this.lateHour = latePast ? hour + 1 : lateHour;
        this.lateUsed = latePast ? 0 : lateUsed;
    }

    static long hourOf(LocalDateTime time) {
        return Math.floorDiv(time.toEpochSecond(ZoneOffset.UTC), SECONDS);
    }

    /**
     * When the next message may go.
     *
     * @param returning whether it had a place and has waited for it
     * @return zero for now
     */
    Duration next(boolean returning) {
        if (returning) {
            if (used < limit) {
                used++;
                return Duration.ZERO;
            }
            if (lateUsed >= limit) {
                lateHour++;
                lateUsed = 0;
            }
            return until(lateHour, lateUsed++);
        }
        if (tailHour == hour && Math.max(used, tailUsed) < limit) {
            used++;
            tailUsed = Math.max(used, tailUsed + 1);
            return Duration.ZERO;
        }
        if (tailHour == hour || tailUsed >= bookable()) {
            tailHour++;
            tailUsed = 0;
        }
        return until(tailHour, tailUsed++);
    }

    /** A twentieth of each hour to come is kept for those who come back from elsewhere, or each would push one on. */
    private int bookable() {
        return limit - limit / 20;
    }

    /** Places lie evenly over the hour. */
    private Duration until(long when, int place) {
        long second = when * SECONDS + (long) place * SECONDS / limit;
        return Duration.between(now, LocalDateTime.ofEpochSecond(second, 0, ZoneOffset.UTC));
    }
}
