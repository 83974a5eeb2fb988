package io.perennial.segments;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The size of a segment as it is kept.
 *
 * @param members how many customers are in it; nothing while they are counted for the first time
 * @param recounting whether it is being looked at as a whole now
 * @param asOf when the figure was last seen to be right, or last changed
 * @param yesterday its size at the end of yesterday, or nothing where that is not known
 * @param weekAgo its size at the end of the day a week ago, or nothing
 * @param failure why it could not be counted, or nothing
 * @param lookedAt when everybody was last looked at, or nothing before the first time
 * @param nightly whether something in its rule is looked at by night only: mails are too many to note each
 */
public record SegmentSize(
        SegmentId segment,
        @Nullable Long members,
        boolean recounting,
        @Nullable Instant asOf,
        @Nullable Long yesterday,
        @Nullable Long weekAgo,
        @Nullable String failure,
        @Nullable Instant lookedAt,
        boolean nightly) {

    /** By how much it grew since yesterday, or nothing where that is not known. */
    public @Nullable Long sinceYesterday() {
        return members == null || yesterday == null ? null : members - yesterday;
    }

    /** By how much it grew within a week, or nothing where that is not known. */
    public @Nullable Long sinceWeekAgo() {
        return members == null || weekAgo == null ? null : members - weekAgo;
    }

    /** The same of a segment of whose rule it is known whether something in it is looked at by night only. */
    SegmentSize nightly(boolean isNightly) {
        return new SegmentSize(segment, members, recounting, asOf, yesterday, weekAgo, failure, lookedAt, isNightly);
    }
}
