package io.perennial.segments;

import io.perennial.customers.ActivityKind;
import io.perennial.customers.ActivitySource.Part;
import io.perennial.kernel.TenantId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/** What the rules of a test may refer to. */
record TestScope(
        List<ActivityKind> activities,
        Map<SegmentId, Rule> segments,
        BiFunction<TenantId, OrderFilter, Optional<List<Long>>> known)
        implements RuleScope {

    /** Where nobody looks for articles. */
    TestScope(List<ActivityKind> activities, Map<SegmentId, Rule> segments) {
        this(activities, segments, (tenant, filter) -> Optional.empty());
    }

    @Override
    public Optional<List<Long>> articles(TenantId tenant, OrderFilter filter) {
        return known.apply(tenant, filter);
    }

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
