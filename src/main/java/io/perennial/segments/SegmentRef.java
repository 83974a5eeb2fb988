package io.perennial.segments;

/** A segment as others name it. */
public record SegmentRef(SegmentId id, String name) {}
