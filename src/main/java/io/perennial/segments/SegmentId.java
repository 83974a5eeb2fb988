package io.perennial.segments;

/** Identity of a segment within its business. */
public record SegmentId(long value) {

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
