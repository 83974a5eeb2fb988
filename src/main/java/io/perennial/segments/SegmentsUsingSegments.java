package io.perennial.segments;

import static io.perennial.uikit.Texts.t;

import io.perennial.segments.UsedBy.Weight;
import java.util.List;
import org.springframework.stereotype.Component;

/** Segments whose rules refer to a segment. */
@Component
class SegmentsUsingSegments implements SegmentUse {

    private final SegmentRepository segments;

    SegmentsUsingSegments(SegmentRepository segments) {
        this.segments = segments;
    }

    @Override
    public List<UsedBy> usesOf(SegmentId segment) {
        return segments.findAllByOrderByName().stream()
                .filter(other -> !other.id().equals(segment))
                .filter(other -> SegmentReferences.of(other.rule()).anyMatch(segment::equals))
                .map(other -> new UsedBy(
                        t("segments.use_in_segment", other.name()),
                        "segments/" + other.id(),
                        other.isArchived() ? Weight.RESTS_ON : Weight.NEEDS))
                .toList();
    }
}
