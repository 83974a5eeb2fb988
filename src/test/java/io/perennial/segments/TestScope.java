package io.perennial.segments;

import io.perennial.customers.ActivityKind;
import io.perennial.customers.ActivitySource.Part;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the rules of a test may refer to. */
record TestScope(List<ActivityKind> activities, Map<SegmentId, Rule> segments) implements RuleScope {

    @Override
    public Optional<Named> segment(SegmentId id) {
        return Optional.ofNullable(segments.get(id)).map(rule -> new Named(id, "Segment " + id, rule));
    }

    @Override
    public List<RuleAttribute> attributes() {
        return RandomAttributes.ALL;
    }

    @Override
    public Map<Long, String> names(ActivityKind kind, Part part, Collection<Long> ids) {
        return Map.of();
    }

    @Override
    public String topic(String code) {
        return code;
    }
}
