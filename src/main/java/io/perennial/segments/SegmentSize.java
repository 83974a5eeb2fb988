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
 */
public record SegmentSize(
        SegmentId segment,
        @Nullable Long members,
        boolean recounting,
        @Nullable Instant asOf,
        @Nullable Long yesterday,
        @Nullable Long weekAgo,
        @Nullable String failure) {

    /** By how much it grew since yesterday, or nothing where that is not known. */
    public @Nullable Long sinceYesterday() {
        return members == null || yesterday == null ? null : members - yesterday;
    }

    /** By how much it grew within a week, or nothing where that is not known. */
    public @Nullable Long sinceWeekAgo() {
        return members == null || weekAgo == null ? null : members - weekAgo;
    }
}
