package io.perennial.segments;

import java.util.List;

/**
 * Other features tell by a bean of this type what of theirs uses segments (campaigns, promotions). While something needs
 * a segment, it can be neither archived nor deleted.
 */
public interface SegmentUse {

    /** What uses a segment. Within the current tenant. */
    List<UsedBy> usesOf(SegmentId segment);

    /**
     * The segment is about to be deleted, nothing needing it: lets go of what only names it, so that it never means other
     * people unseen.
     */
    default void release(SegmentId segment) {}
}
