package io.perennial.segments;

/** Another segment of the business has this name. */
public class SegmentNameTaken extends IllegalArgumentException {

    public SegmentNameTaken(String name) {
        super("There is already a segment named " + name);
    }
}
