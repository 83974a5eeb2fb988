package io.perennial.segments;

import io.perennial.accounts.AuditChanges;
import io.perennial.accounts.AuditLog;
import io.perennial.segments.KeptState.WantedWhy;
import io.perennial.tenancy.SqlFragment;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The segments of the current business: making, changing and choosing them. */
@Service
@Transactional(readOnly = true)
public class Segments implements SegmentDirectory {

    private final SegmentRepository segments;
    private final RuleCounts counts;
    private final RuleContexts contexts;
    private final SegmentNames names;
    private final MembershipStates kept;
    private final AuditLog audit;

    Segments(
            SegmentRepository segments,
            RuleCounts counts,
            RuleContexts contexts,
            SegmentNames names,
            MembershipStates kept,
            AuditLog audit) {
        this.segments = segments;
        this.counts = counts;
        this.contexts = contexts;
        this.names = names;
        this.kept = kept;
        this.audit = audit;
    }

    @Override
    @PreAuthorize("hasAuthority('segment:read')")
    public List<SegmentRef> list() {
        return segments.findAllByOrderByName().stream()
                .filter(segment -> !segment.isArchived())
                .map(Segment::ref)
                .toList();
    }

    @Override
    @PreAuthorize("hasAuthority('segment:read')")
    public SegmentRef require(SegmentId id) {
        return segments.require(id).ref();
    }

    @Override
    @PreAuthorize("hasAuthority('segment:read')")
    public long count(SegmentId id) {
        return counts.countNow(segments.require(id).rule(), contexts.current()).count();
    }

    @Override
    @PreAuthorize("hasAuthority('segment:read')")
    public SqlFragment customersIn(SegmentId id) {
        return RuleCompiler.compile(segments.require(id).rule(), contexts.current());
    }

    @Override
    @PreAuthorize("hasAuthority('segment:read')")
    public List<SegmentRef> listWith(List<SegmentId> include, List<SegmentId> exclude) {
        return segments.findAllByOrderByName().stream()
                .filter(segment ->
                        !segment.isArchived() || include.contains(segment.id()) || exclude.contains(segment.id()))
                .map(Segment::ref)
                .toList();
    }

    @Override
    @PreAuthorize("hasAuthority('segment:read')")
    public boolean isArchived(SegmentId id) {
        return segments.require(id).isArchived();
    }

    /** Every segment with its rule, by name, without those that are archived. */
    @PreAuthorize("hasAuthority('segment:read')")
    public List<SegmentDetails> all() {
        return segments.findAllByOrderByName().stream()
                .filter(segment -> !segment.isArchived())
                .map(Segment::details)
                .toList();
    }

    /**
     * @throws NoSuchElementException if the current tenant has no such segment
     */
    @PreAuthorize("hasAuthority('segment:read')")
    public SegmentDetails open(SegmentId id) {
        return segments.require(id).details();
    }

    @Override
    @Transactional
    @PreAuthorize("hasAuthority('segment:write')")
    public SegmentRef create(String name, Rule rule) {
        RuleCheck.require(rule, contexts.scope(), null);
        Segment made = segments.save(new Segment(names.free(name), rule, Instant.now()));
        segments.flush();
        kept.want(made.tenant(), made.id(), WantedWhy.NEW, 0);
        audit.record(
                SegmentDeed.MADE,
                made.id(),
                made.name(),
                AuditChanges.none().and("segments.change.rule", null, words(rule)));
        return made.ref();
    }

    /**
     * Saves a segment of whoever is in all of some segments and in none of others, by their rules as they are now.
     *
     * @throws InvalidRule if the rules together are longer than a rule may be
     * @throws NoSuchElementException if the current tenant has no such segment
     */
    @Transactional
    @PreAuthorize("hasAuthority('segment:write')")
    public SegmentRef createOf(String name, List<SegmentId> in, List<SegmentId> notIn) {
        List<Rule> parts = new ArrayList<>();
        in.forEach(id -> parts.add(segments.require(id).rule()));
        if (!notIn.isEmpty()) {
            parts.add(new Rule.Group(
                    Rule.Match.NONE,
                    notIn.stream().map(id -> segments.require(id).rule()).toList()));
        }
        return create(
                name.length() > SegmentNames.LONGEST ? name.substring(0, SegmentNames.LONGEST) : name,
                new Rule.Group(Rule.Match.ALL, parts));
    }

    /**
     * Renames a segment and changes its rule.
     *
     * @param version as it was opened
     * @throws InvalidRule if the rule has problems
     * @throws IllegalStateException for a list, which has no rule of its own
     * @throws SegmentNameTaken if another segment has the name
     * @throws SegmentChangedMeanwhile if somebody saved it since
     */
    @Transactional
    @PreAuthorize("hasAuthority('segment:write')")
    public SegmentDetails change(SegmentId id, String name, Rule rule, int version) {
        RuleCheck.require(rule, contexts.scope(), id);
        Segment segment = opened(id, version);
        Rule before = segment.rule();
        AuditChanges changes = renamed(segment, name);
        if (!before.equals(rule)) {
            changes.and("segments.change.rule", words(before), words(rule));
            segment.change(rule, Instant.now());
            kept.want(segment.tenant(), id, WantedWhy.RULE, 0);
            contexts.resting(id).forEach(other -> kept.want(segment.tenant(), other, WantedWhy.RULE, 0));
        }
        segments.flush();
        if (!changes.isEmpty()) {
            audit.record(SegmentDeed.CHANGED, id, segment.name(), changes);
        }
        return segment.details();
    }

    /**
     * Renames a segment or a list.
     *
     * @param version as it was opened
     * @throws SegmentNameTaken if another segment has the name
     * @throws SegmentChangedMeanwhile if somebody saved it since
     */
    @Transactional
    @PreAuthorize("hasAuthority('segment:write')")
    public SegmentDetails rename(SegmentId id, String name, int version) {
        Segment segment = opened(id, version);
        AuditChanges changes = renamed(segment, name);
        segments.flush();
        if (!changes.isEmpty()) {
            audit.record(SegmentDeed.RENAMED, id, segment.name(), changes);
        }
        return segment.details();
    }

    private Segment opened(SegmentId id, int version) {
        Segment segment = segments.require(id);
        if (segment.version() != version) {
            throw new SegmentChangedMeanwhile();
        }
        return segment;
    }

    private AuditChanges renamed(Segment segment, String name) {
        String before = segment.name();
        String wanted = names.of(segment.id(), name);
        if (!wanted.equals(before)) {
            segment.rename(wanted, Instant.now());
        }
        return AuditChanges.none().and("segments.change.name", before, wanted);
    }

    /** A rule as a sentence; one that leads to something that is gone meanwhile still has its words. */
    private String words(Rule rule) {
        return new RuleWords(contexts.scope()).of(rule);
    }
}
