package io.perennial.segments;

import java.time.Instant;

/** A segment that a customer is in. */
public record SegmentOfCustomer(SegmentRef segment, Instant enteredAt) {}
