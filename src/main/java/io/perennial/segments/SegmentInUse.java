package io.perennial.segments;

import java.util.List;

/** A segment cannot be deleted while something needs it. */
public class SegmentInUse extends IllegalStateException {

    private final transient List<String> uses;

    public SegmentInUse(List<String> uses) {
        super("Used by " + String.join(", ", uses));
        this.uses = List.copyOf(uses);
    }

    /** What needs it, as words ready to show. */
    public List<String> uses() {
        return uses;
    }
}
