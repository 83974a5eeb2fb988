package io.perennial.segments;

import io.perennial.segments.UsedBy.Weight;
import java.util.Comparator;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** What all features together use a segment for. */
@Component
class SegmentUses {

    private final ObjectProvider<SegmentUse> features;

    SegmentUses(ObjectProvider<SegmentUse> features) {
        this.features = features;
    }

    /** What needs it most first. */
    List<UsedBy> of(SegmentId segment) {
        return features.orderedStream()
                .flatMap(feature -> feature.usesOf(segment).stream())
                .sorted(Comparator.comparing(UsedBy::weight).reversed())
                .toList();
    }

    /**
     * @param most what may be there all the same
     * @throws SegmentInUse if something needs the segment more
     */
    void refuse(SegmentId segment, Weight most) {
        List<UsedBy> needing = of(segment).stream()
                .filter(use -> use.weight().compareTo(most) > 0)
                .toList();
        if (!needing.isEmpty()) {
            throw new SegmentInUse(needing);
        }
    }

    /** Has everything let go of a segment that only names it. */
    void release(SegmentId segment) {
        features.orderedStream().forEach(feature -> feature.release(segment));
    }
}
