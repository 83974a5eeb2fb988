package io.perennial.segments;

import com.fasterxml.jackson.annotation.JsonValue;

/** Identity of a segment within its business. */
public record SegmentId(long value) {

    /** As documents have it: a number of this size is not safe in every reader of JSON. */
    @Override
    @JsonValue
    public String toString() {
        return Long.toString(value);
    }
}
