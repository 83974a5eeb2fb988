package io.perennial.segments;

import io.perennial.customers.ActivityKind;
import io.perennial.customers.ActivitySource;
import io.perennial.kernel.TenantId;
import java.util.Collection;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a rule may refer to in its business. */
interface RuleScope {

    /** Nothing: for rules that stand alone. */
    RuleScope NOTHING = new RuleScope() {
        @Override
        public Optional<Named> segment(SegmentId id) {
            return Optional.empty();
        }

        @Override
        public List<ActivityKind> activities() {
            return List.of();
        }

        @Override
        public List<RuleAttribute> attributes() {
            return List.of();
        }

        @Override
        public Map<Long, String> names(ActivityKind kind, ActivitySource.Part part, Collection<Long> ids) {
            return Map.of();
        }

        @Override
        public String topic(String code) {
            return code;
        }
    };

    /** Another segment. */
    record Named(SegmentId id, String name, Rule rule) {

        /** Whether it is a list kept by hand: no other rule may refer to its own segment. */
        boolean isList() {
            return rule instanceof Rule.Member member && member.segment().equals(id);
        }
    }

    Optional<Named> segment(SegmentId id);

    List<ActivityKind> activities();

    /** What the business itself keeps about its customers, in its order; archived ones too. */
    List<RuleAttribute> attributes();

    default Optional<RuleAttribute> attribute(String key) {
        return attributes().stream().filter(a -> a.key().equals(key)).findFirst();
    }

    /** The names of what activities were about, by id. */
    Map<Long, String> names(ActivityKind kind, ActivitySource.Part part, Collection<Long> ids);

    /** What amounts are in; null where nobody needs to know. */
    default @Nullable Currency currency() {
        return null;
    }

    /** The name of a topic, or its code where there is no such topic any more. */
    String topic(String code);

    default Optional<ActivityKind> activity(String name) {
        return activities().stream().filter(kind -> kind.name().equals(name)).findFirst();
    }

    /**
     * The numbers of the articles that a filter of orders means by its categories and products, as of now; nothing where
     * they are too many to be listed.
     */
    default Optional<List<Long>> articles(TenantId tenant, OrderFilter filter) {
        return Optional.empty();
    }
}
