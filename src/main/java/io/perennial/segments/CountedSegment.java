package io.perennial.segments;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whom a rule picks.
 *
 * @param count how many, exactly
 * @param sample some of them, the latest known first
 * @param behind by how much what was counted may be older than what the database has, where a copy for analysis was asked;
 *     nothing where it is as of now
 */
public record CountedSegment(
        long count, List<SampleCustomer> sample, @Nullable Duration behind) {}
