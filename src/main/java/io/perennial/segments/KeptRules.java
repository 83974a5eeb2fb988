package io.perennial.segments;

import io.perennial.kernel.TenantId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.stereotype.Component;

/** The segments of a business whose members are kept, with their rules. */
@Component
class KeptRules {

    private final SegmentRepository segments;
    private final RuleContexts contexts;
    private final MembershipStates states;

    KeptRules(SegmentRepository segments, RuleContexts contexts, MembershipStates states) {
        this.segments = segments;
        this.contexts = contexts;
        this.states = states;
    }

    /** A dynamic or static segment with all that is needed to look at it. */
    record Kept(SegmentId id, boolean list, Rule rule, RuleNeeds needs, KeptState state) {}

    /** Those of the current business. */
    List<Kept> of(TenantId tenant) {
        Map<Long, KeptState> byId = new TreeMap<>();
        states.all(tenant).forEach(state -> byId.put(state.segment().value(), state));
        List<Kept> all = new ArrayList<>();
        RuleScope scope = contexts.scope();
        for (Segment segment : segments.findAllByOrderByName()) {
            KeptState state = byId.get(segment.id().value());
            if (state != null) {
                Rule rule = segment.rule();
                all.add(new Kept(segment.id(), segment.isList(), rule, RuleNeeds.of(rule, scope), state));
            }
        }
        return all;
    }
}
