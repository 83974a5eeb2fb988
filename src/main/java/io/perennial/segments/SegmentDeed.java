package io.perennial.segments;

import io.perennial.accounts.Deed;
import java.util.Locale;

/** What the audit log tells of segments. */
enum SegmentDeed implements Deed {
    MADE,
    RENAMED,
    CHANGED,
    ARCHIVED,
    RESTORED,
    DELETED,
    LIST_MADE,
    LIST_ADDED,
    LIST_REMOVED;

    @Override
    public String key() {
        return "segments.deed." + name().toLowerCase(Locale.ROOT);
    }
}
