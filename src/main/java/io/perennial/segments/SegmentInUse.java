package io.perennial.segments;

import java.util.List;
import java.util.stream.Collectors;

/** A segment can be neither archived nor deleted while something needs it. */
public class SegmentInUse extends IllegalStateException {

    private final transient List<UsedBy> uses;

    public SegmentInUse(List<UsedBy> uses) {
        super("Used by " + words(uses));
        this.uses = List.copyOf(uses);
    }

    /** What needs it. */
    public List<UsedBy> uses() {
        return uses;
    }

    /** What needs it, ready to show. */
    public String words() {
        return words(uses);
    }

    private static String words(List<UsedBy> uses) {
        return uses.stream().map(UsedBy::words).collect(Collectors.joining(", "));
    }
}
