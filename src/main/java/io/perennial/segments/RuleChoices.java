package io.perennial.segments;

import io.perennial.customers.ActivityKind;
import io.perennial.customers.ActivitySource.Part;
import java.util.List;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What the current business has that rules can ask for, for offering while a person builds one. */
@Service
@Transactional(readOnly = true)
public class RuleChoices {

    private static final int MOST = 200;

    private final RuleContexts contexts;
    private final ScopeQueries queries;
    private final ChoiceQueries values;
    private final SegmentRepository segments;

    RuleChoices(RuleContexts contexts, ScopeQueries queries, ChoiceQueries values, SegmentRepository segments) {
        this.contexts = contexts;
        this.queries = queries;
        this.values = values;
        this.segments = segments;
    }

    /**
     * Values in use that begin with {@code part}, by name. Of products, countries, languages, time zones and genders those
     * that came up lately.
     */
    @PreAuthorize("hasAuthority('segment:read')")
    public List<Choice> values(ChoiceOf of, String part, int offset, int limit) {
        return values.find(of, part.strip(), offset, Math.clamp(limit, 1, MOST));
    }

    /** What the business itself keeps about its customers; archived ones too. */
    @PreAuthorize("hasAuthority('segment:read')")
    public List<RuleAttribute> attributes() {
        return queries.attributes();
    }

    /** Texts in use of an attribute that begin with {@code part}. */
    @PreAuthorize("hasAuthority('segment:read')")
    public List<Choice> texts(RuleAttribute attribute, String part, int offset, int limit) {
        return values.texts(attribute.id(), part.strip(), offset, Math.clamp(limit, 1, MOST));
    }

    /** What customers did that is kept. */
    @PreAuthorize("hasAuthority('segment:read')")
    public List<ActivityKind> activities() {
        return contexts.scope().activities();
    }

    /** What an activity can be about, or its details, whose name holds {@code part}; the latest first. */
    @PreAuthorize("hasAuthority('segment:read')")
    public List<Choice> things(ActivityKind kind, Part which, String part, int offset, int limit) {
        return contexts.source(kind).things(kind, which, part.strip(), offset, Math.clamp(limit, 1, MOST)).stream()
                .map(thing -> new Choice(Long.toString(thing.id()), thing.name()))
                .toList();
    }

    /** Those of some things that are still there. */
    @PreAuthorize("hasAuthority('segment:read')")
    public List<Choice> named(ActivityKind kind, Part which, List<String> ids) {
        List<Long> numbers = ids.stream().map(Long::valueOf).toList();
        return contexts.source(kind).names(kind, which, numbers).entrySet().stream()
                .map(name -> new Choice(name.getKey().toString(), name.getValue()))
                .toList();
    }

    /** The segments and lists that may be chosen, by name. */
    @PreAuthorize("hasAuthority('segment:read')")
    public List<Choice> segments() {
        return segments.findAllByOrderByName().stream()
                .filter(segment -> !segment.isArchived())
                .map(segment -> new Choice(segment.id().toString(), segment.name()))
                .toList();
    }
}
