package io.perennial.segments;

/** Somebody else saved the segment after it was opened. */
public class SegmentChangedMeanwhile extends IllegalStateException {

    public SegmentChangedMeanwhile() {
        super("The segment was changed by somebody else meanwhile");
    }
}
