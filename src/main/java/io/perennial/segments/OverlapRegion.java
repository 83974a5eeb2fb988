package io.perennial.segments;

import java.util.Set;

/**
 * A region of an overlap: the customers who are in these segments and in none of the others compared.
 *
 * @param in at least one
 */
public record OverlapRegion(Set<SegmentId> in, long customers) {

    public OverlapRegion {
        in = Set.copyOf(in);
    }
}
