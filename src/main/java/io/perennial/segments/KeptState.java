package io.perennial.segments;

import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * How far a segment's membership is kept.
 *
 * @param wantedAt since when it shall be looked at as a whole, or nothing
 * @param wantedWhy why it shall be looked at as a whole, or nothing
 * @param wantedFor bits of the aspects that changed, where it is because of many changes
 * @param refreshedAt when it was last looked at as a whole, or nothing before the first time
 * @param refreshedOn for which day of the business that was
 */
record KeptState(
        SegmentId segment,
        long members,
        @Nullable Instant wantedAt,
        @Nullable WantedWhy wantedWhy,
        long wantedFor,
        @Nullable Instant refreshedAt,
        @Nullable LocalDate refreshedOn) {

    /** Why a segment is to be looked at as a whole. Of two reasons the later in this order stays. */
    enum WantedWhy {
        TIME,
        CHANGE,
        RULE,
        NEW
    }

    boolean isFilled() {
        return refreshedAt != null;
    }
}
