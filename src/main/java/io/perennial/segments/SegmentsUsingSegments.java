package io.perennial.segments;

import static io.perennial.uikit.Texts.t;

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
    public List<String> usesOf(SegmentId segment) {
        return segments.findAllByOrderByName().stream()
                .filter(other -> SegmentReferences.of(other.rule()).anyMatch(segment::equals))
                .map(other -> t("segments.use_in_segment", other.name()))
                .toList();
    }
}
