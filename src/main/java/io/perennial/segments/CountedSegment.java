package io.perennial.segments;

import java.util.List;

/**
 * Whom a rule picks.
 *
 * @param count how many, exactly
 * @param sample some of them, the latest known first
 */
public record CountedSegment(long count, List<SampleCustomer> sample) {}
