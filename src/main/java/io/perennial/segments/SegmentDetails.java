package io.perennial.segments;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A segment with its rule.
 *
 * @param list whether it is a list kept by hand; its rule says just that
 * @param archivedAt since when it is out of sight, or nothing
 * @param version to be given back with a change, so that nobody overwrites another's work unseen
 */
public record SegmentDetails(
        SegmentId id,
        String name,
        Rule rule,
        boolean list,
        Instant updatedAt,
        @Nullable Instant archivedAt,
        int version) {

    public boolean isArchived() {
        return archivedAt != null;
    }
}
