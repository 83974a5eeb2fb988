package io.perennial.segments;

import java.time.Instant;

/**
 * A segment with its rule.
 *
 * @param version to be given back with a change, so that nobody overwrites another's work unseen
 */
public record SegmentDetails(SegmentId id, String name, Rule rule, Instant updatedAt, int version) {}
