package io.perennial.segments;

import io.perennial.accounts.Business;
import io.perennial.accounts.Businesses;
import io.perennial.customers.ActivityKind;
import io.perennial.customers.ActivitySource;
import io.perennial.customers.ActivitySource.Part;
import io.perennial.kernel.TenantId;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Currency;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** What rules of the current business are read with: its calendar, its other segments, what its features keep. */
@Component
class RuleContexts {

    private final Businesses businesses;
    private final SegmentRepository segments;
    private final ScopeQueries queries;
    private final ObjectProvider<ActivitySource> sources;

    RuleContexts(
            Businesses businesses,
            SegmentRepository segments,
            ScopeQueries queries,
            ObjectProvider<ActivitySource> sources) {
        this.businesses = businesses;
        this.segments = segments;
        this.queries = queries;
        this.sources = sources;
    }

    /** As of now. Reads nothing until it is asked, and each thing once. */
    RuleContext current() {
        Business business = businesses.current();
        return of(business, LocalDate.now(business.zone()));
    }

    /** As of some day. */
    RuleContext of(Business business, LocalDate today) {
        return new RuleContext(business.id(), business.zone(), today, scope());
    }

    RuleScope scope() {
        return new Scope();
    }

    /** The segments whose rules lead to a segment, directly or through others. */
    Set<SegmentId> resting(SegmentId on) {
        Set<SegmentId> found = new LinkedHashSet<>(Set.of(on));
        List<Segment> all = segments.findAllByOrderByName();
        for (int before = 0; before < found.size(); ) {
            before = found.size();
            all.stream()
                    .filter(other -> SegmentReferences.of(other.rule()).anyMatch(found::contains))
                    .map(Segment::id)
                    .toList()
                    .forEach(found::add);
        }
        found.remove(on);
        return found;
    }

    /** Who keeps activities of a kind. */
    ActivitySource source(ActivityKind kind) {
        return sources.orderedStream()
                .filter(source -> source.kinds().contains(kind))
                .findFirst()
                .orElseThrow(() -> new NoSuchElementException("Nobody keeps " + kind.name()));
    }

    private final class Scope implements RuleScope {

        private final Map<SegmentId, Optional<Named>> known = new HashMap<>();
        private @Nullable List<ActivityKind> kinds;
        private @Nullable Map<String, String> topics;
        private @Nullable List<RuleAttribute> attributes;

        @Override
        public Optional<Named> segment(SegmentId id) {
            return known.computeIfAbsent(
                    id,
                    wanted -> segments.findById(wanted.value())
                            .map(segment -> new Named(segment.id(), segment.name(), segment.rule())));
        }

        @Override
        public List<ActivityKind> activities() {
            if (kinds == null) {
                kinds = sources.orderedStream()
                        .flatMap(source -> source.kinds().stream())
                        .toList();
            }
            return kinds;
        }

        @Override
        public List<RuleAttribute> attributes() {
            if (attributes == null) {
                attributes = queries.attributes();
            }
            return attributes;
        }

        @Override
        public Map<Long, String> names(ActivityKind kind, Part part, Collection<Long> ids) {
            return source(kind).names(kind, part, ids);
        }

        /** Asked each time: an order that came meanwhile may be of an article that is new. */
        @Override
        public Optional<List<Long>> articles(TenantId tenant, OrderFilter filter) {
            return queries.articles(tenant, filter);
        }

        @Override
        public Currency currency() {
            return businesses.current().currency();
        }

        @Override
        public String topic(String code) {
            if (topics == null) {
                topics = queries.topicNames();
            }
            return topics.getOrDefault(code, code);
        }
    }
}
