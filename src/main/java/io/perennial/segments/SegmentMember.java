package io.perennial.segments;

import io.perennial.kernel.CustomerId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Somebody in a segment.
 *
 * @param name never empty, unless the person was erased meanwhile
 * @param enteredAt since when, as far as is known: when the segment was made, for those who were in it then
 */
public record SegmentMember(
        CustomerId customer,
        String name,
        @Nullable String email,
        @Nullable String city,
        Instant enteredAt) {}
