package io.perennial.segments;

import io.perennial.kernel.TenantId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One look at a segment, or one change of a list: whoever comes or goes in it is logged under its number.
 *
 * @param id time-ordered, so that the log can be read and cut by time
 * @param aspects of customers that changed before it, as bits; 0 where only time passed
 * @param by who changed the list, or nothing
 */
record Pass(
        TenantId tenant,
        SegmentId segment,
        long id,
        Instant at,
        MoveCause cause,
        long aspects,
        int ruleVersion,
        @Nullable String by) {

    Pass(TenantId tenant, SegmentId segment, long id, Instant at, MoveCause cause, long aspects, int ruleVersion) {
        this(tenant, segment, id, at, cause, aspects, ruleVersion, null);
    }
}
