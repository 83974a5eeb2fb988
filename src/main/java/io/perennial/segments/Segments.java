package io.perennial.segments;

import static io.perennial.uikit.Texts.t;

import io.perennial.accounts.AuditChanges;
import io.perennial.accounts.AuditLog;
import io.perennial.segments.KeptState.WantedWhy;
import io.perennial.segments.UsedBy.Weight;
import io.perennial.tenancy.SqlFragment;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The segments of the current business: making, changing and asking them. */
@Service
@Transactional(readOnly = true)
public class Segments implements SegmentDirectory {

    private static final int LARGEST_SAMPLE = 100;

    private final SegmentRepository segments;
    private final SegmentQueries queries;
    private final RuleCounts counts;
    private final RuleContexts contexts;
    private final SegmentNames names;
    private final SegmentUses uses;
    private final MembershipStates kept;
    private final MemberStore members;
    private final ListStore lists;
    private final AuditLog audit;

    Segments(
            SegmentRepository segments,
            SegmentQueries queries,
            RuleCounts counts,
            RuleContexts contexts,
            SegmentNames names,
            SegmentUses uses,
            MembershipStates kept,
            MemberStore members,
            ListStore lists,
            AuditLog audit) {
        this.segments = segments;
        this.queries = queries;
        this.counts = counts;
        this.contexts = contexts;
        this.names = names;
        this.uses = uses;
        this.kept = kept;
        this.members = members;
        this.lists = lists;
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
        return load(id).ref();
    }

    @Override
    @PreAuthorize("hasAuthority('segment:read')")
    public long count(SegmentId id) {
        return counts.countNow(load(id).rule(), context()).count();
    }

    @Override
    @PreAuthorize("hasAuthority('segment:read')")
    public SqlFragment customersIn(SegmentId id) {
        return RuleCompiler.compile(load(id).rule(), context());
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
        return load(id).isArchived();
    }

    /** Every segment with its rule, by name, without those that are archived. */
    @PreAuthorize("hasAuthority('segment:read')")
    public List<SegmentDetails> all() {
        return details(false);
    }

    /** The archived segments with their rules, by name. */
    @PreAuthorize("hasAuthority('segment:read')")
    public List<SegmentDetails> archived() {
        return details(true);
    }

    private List<SegmentDetails> details(boolean archived) {
        return segments.findAllByOrderByName().stream()
                .filter(segment -> segment.isArchived() == archived)
                .map(Segments::details)
                .toList();
    }

    /**
     * @throws NoSuchElementException if the current tenant has no such segment
     */
    @PreAuthorize("hasAuthority('segment:read')")
    public SegmentDetails open(SegmentId id) {
        return details(load(id));
    }

    /**
     * What is wrong with a rule; empty when it can be counted and saved.
     *
     * @param self whose rule it is, so that it is not led back to itself; nothing for a new segment
     */
    @PreAuthorize("hasAuthority('segment:read')")
    public List<RuleProblem> check(Rule rule, @Nullable SegmentId self) {
        return RuleCheck.problemsOf(rule, contexts.scope(), self);
    }

    /** A rule without problems as a sentence, in the console's language. */
    @PreAuthorize("hasAuthority('segment:read')")
    public String sentence(Rule rule) {
        return new RuleWords(contexts.scope()).of(rule);
    }

    /** Who is in a segment, in words: its rule as a sentence, or that it is a list. */
    @PreAuthorize("hasAuthority('segment:read')")
    public String sentence(SegmentDetails segment) {
        return segment.list() ? t("segments.list.words") : sentence(segment.rule());
    }

    /**
     * How many customers a rule picks now, exactly.
     *
     * @throws InvalidRule if it has problems
     */
    @Transactional(propagation = Propagation.NOT_SUPPORTED)
    @PreAuthorize("hasAuthority('segment:read')")
    public long count(Rule rule) {
        return counts.count(rule, context(), unheard -> {}).count();
    }

    /**
     * How many customers a rule picks now, exactly, and some of them, for a page that waits for it.
     *
     * @param shown how many to show, at most 20: the latest known
     * @param progress hears how far a long count has come, on any thread
     * @throws InvalidRule if it has problems
     * @throws CountCancelled if the thread is interrupted; the database stops then too
     */
    @Transactional(propagation = Propagation.NOT_SUPPORTED)
    @PreAuthorize("hasAuthority('segment:read') and hasAuthority('customer:read')")
    public CountedSegment look(Rule rule, int shown, Consumer<CountProgress> progress) {
        FoundCustomers found = counts.count(rule, context(), progress);
        List<Long> newest =
                found.newest().subList(0, Math.min(shown, found.newest().size()));
        return new CountedSegment(found.count(), queries.shown(newest), found.behind());
    }

    /**
     * Some of the customers a rule picks now, the latest known first.
     *
     * @param size at most 100
     * @throws InvalidRule if it has problems
     */
    @PreAuthorize("hasAuthority('customer:read')")
    public List<SampleCustomer> sample(Rule rule, int size) {
        return queries.sample(rule, context(), Math.clamp(size, 1, LARGEST_SAMPLE));
    }

    /** From how much spent a customer belongs to the best tenth here, rounded to two digits. */
    @PreAuthorize("hasAuthority('segment:read')")
    public BigDecimal muchSpent() {
        BigDecimal tenth = queries.valueOfTopTenth().orElse(BigDecimal.valueOf(100));
        return new BigDecimal(tenth.round(new MathContext(2, RoundingMode.HALF_UP))
                .max(BigDecimal.ONE)
                .toPlainString());
    }

    @Override
    @Transactional
    @PreAuthorize("hasAuthority('segment:write')")
    public SegmentRef create(String name, Rule rule) {
        refuseProblems(rule, null);
        Segment made = segments.save(new Segment(names.free(name), rule, Instant.now()));
        segments.flush();
        kept.want(made.tenant(), made.id(), WantedWhy.NEW, 0);
        audit.record(
                SegmentDeed.MADE,
                made.id(),
                made.name(),
                AuditChanges.none().and("segments.change.rule", null, sentence(rule)));
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
        in.forEach(id -> parts.add(load(id).rule()));
        if (!notIn.isEmpty()) {
            parts.add(new Rule.Group(
                    Rule.Match.NONE, notIn.stream().map(id -> load(id).rule()).toList()));
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
        refuseProblems(rule, id);
        Segment segment = opened(id, version);
        Rule before = segment.rule();
        AuditChanges changes = renamed(segment, name);
        if (!before.equals(rule)) {
            changes.and("segments.change.rule", words(before), sentence(rule));
            segment.change(rule, Instant.now());
            kept.want(segment.tenant(), id, WantedWhy.RULE, 0);
            contexts.resting(id).forEach(other -> kept.want(segment.tenant(), other, WantedWhy.RULE, 0));
        }
        segments.flush();
        if (!changes.isEmpty()) {
            audit.record(SegmentDeed.CHANGED, id, segment.name(), changes);
        }
        return details(segment);
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
        return details(segment);
    }

    private Segment opened(SegmentId id, int version) {
        Segment segment = load(id);
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

    /**
     * Puts a segment out of sight: it is offered nowhere and not kept up to date until it is restored.
     *
     * @throws SegmentInUse if something at work or planned needs it
     */
    @Transactional
    @PreAuthorize("hasAuthority('segment:write')")
    public void archive(SegmentId id) {
        Segment segment = load(id);
        if (!segment.isArchived()) {
            uses.refuse(id, Weight.RESTS_ON);
            segment.archive(Instant.now());
            audit.record(SegmentDeed.ARCHIVED, id, segment.name());
        }
    }

    /** Brings an archived segment back; who is in it is looked at anew. */
    @Transactional
    @PreAuthorize("hasAuthority('segment:write')")
    public void restore(SegmentId id) {
        Segment segment = load(id);
        if (segment.isArchived()) {
            segment.restore();
            segments.flush();
            kept.want(segment.tenant(), id, WantedWhy.CHANGE, 0);
            audit.record(SegmentDeed.RESTORED, id, segment.name());
        }
    }

    /**
     * Deletes a segment.
     *
     * @throws SegmentInUse if something needs it
     */
    @Transactional
    @PreAuthorize("hasAuthority('segment:write')")
    public void delete(SegmentId id) {
        Segment segment = load(id);
        uses.refuse(id, Weight.NAMES);
        uses.release(id);
        audit.record(
                SegmentDeed.DELETED,
                id,
                segment.name(),
                AuditChanges.none().and("segments.change.rule", segment.isList() ? null : words(segment.rule()), null));
        segments.delete(segment);
        segments.flush();
        members.forget(segment.tenant(), id);
        lists.forget(segment.tenant(), id);
    }

    /** What uses a segment, what needs it most first. */
    @PreAuthorize("hasAuthority('segment:read')")
    public List<UsedBy> usesOf(SegmentId id) {
        return uses.of(id);
    }

    private void refuseProblems(Rule rule, @Nullable SegmentId self) {
        List<RuleProblem> problems = RuleCheck.problemsOf(rule, contexts.scope(), self);
        if (!problems.isEmpty()) {
            throw new InvalidRule(problems);
        }
    }

    private Segment load(SegmentId id) {
        return segments.findById(id.value()).orElseThrow(() -> new NoSuchElementException("No segment " + id));
    }

    private RuleContext context() {
        return contexts.current();
    }

    private static SegmentDetails details(Segment segment) {
        return new SegmentDetails(
                segment.id(),
                segment.name(),
                segment.rule(),
                segment.isList(),
                segment.updatedAt(),
                segment.archivedAt(),
                segment.version());
    }
}
