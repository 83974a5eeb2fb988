package io.perennial.segments;

import java.util.List;

/** Something that needs segments (a campaign, a promotion). While any bean of this type names a use, it stays. */
public interface SegmentUse {

    /**
     * What uses a segment, as words ready to show ("the campaign Spring greetings"). Within the current tenant.
     */
    List<String> usesOf(SegmentId segment);

    /** The segment is about to be deleted, nobody needing it: lets go of what only remembers it. */
    default void release(SegmentId segment) {}
}
