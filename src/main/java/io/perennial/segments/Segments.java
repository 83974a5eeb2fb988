package io.perennial.segments;

import static io.perennial.uikit.Texts.t;

import io.perennial.segments.KeptState.WantedWhy;
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
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The segments of the current business: making, changing and asking them. */
@Service
@Transactional(readOnly = true)
public class Segments implements SegmentDirectory {

    private static final int LONGEST_NAME = 120;
    private static final int LARGEST_SAMPLE = 100;

    private final SegmentRepository segments;
    private final SegmentQueries queries;
    private final RuleCounts counts;
    private final RuleContexts contexts;
    private final ObjectProvider<SegmentUse> uses;
    private final MembershipStates kept;
    private final MemberStore members;

    Segments(
            SegmentRepository segments,
            SegmentQueries queries,
            RuleCounts counts,
            RuleContexts contexts,
            ObjectProvider<SegmentUse> uses,
            MembershipStates kept,
            MemberStore members) {
        this.segments = segments;
        this.queries = queries;
        this.counts = counts;
        this.contexts = contexts;
        this.uses = uses;
        this.kept = kept;
        this.members = members;
    }

    @Override
    @PreAuthorize("hasAuthority('segment:read')")
    public List<SegmentRef> list() {
        return segments.findAllByOrderByName().stream().map(Segment::ref).toList();
    }

    @Override
    @PreAuthorize("hasAuthority('segment:read')")
    public SegmentRef require(SegmentId id) {
        return load(id).ref();
    }

    @Override
    @PreAuthorize("hasAuthority('segment:read')")
    public long count(SegmentId id) {
        return counts.count(load(id).rule(), context(), unheard -> {}).count();
    }

    @Override
    @PreAuthorize("hasAuthority('segment:read')")
    public SqlFragment customersIn(SegmentId id) {
        return RuleCompiler.compile(load(id).rule(), context());
    }

    /** Every segment with its rule, by name. */
    @PreAuthorize("hasAuthority('segment:read')")
    public List<SegmentDetails> all() {
        return segments.findAllByOrderByName().stream().map(Segments::details).toList();
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
        return new CountedSegment(found.count(), queries.shown(newest));
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
        String wanted = checkedName(name);
        String free = wanted;
        for (int n = 2; segments.existsByName(free); n++) {
            String number = " " + n;
            free = wanted.substring(0, Math.min(wanted.length(), LONGEST_NAME - number.length())) + number;
        }
        Segment made = segments.save(new Segment(free, rule, Instant.now()));
        segments.flush();
        kept.want(made.tenant(), made.id(), WantedWhy.NEW, 0);
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
                name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) : name,
                new Rule.Group(Rule.Match.ALL, parts));
    }

    /**
     * Renames a segment and changes its rule.
     *
     * @param version as it was opened
     * @throws InvalidRule if the rule has problems
     * @throws SegmentNameTaken if another segment has the name
     * @throws SegmentChangedMeanwhile if somebody saved it since
     */
    @Transactional
    @PreAuthorize("hasAuthority('segment:write')")
    public SegmentDetails change(SegmentId id, String name, Rule rule, int version) {
        refuseProblems(rule, id);
        Segment segment = load(id);
        if (segment.version() != version) {
            throw new SegmentChangedMeanwhile();
        }
        String wanted = checkedName(name);
        segments.findByName(wanted).filter(other -> !other.id().equals(id)).ifPresent(other -> {
            throw new SegmentNameTaken(wanted);
        });
        segment.rename(wanted, Instant.now());
        if (!segment.rule().equals(rule)) {
            segment.change(rule, Instant.now());
            kept.want(segment.tenant(), id, WantedWhy.RULE, 0);
            contexts.resting(id).forEach(other -> kept.want(segment.tenant(), other, WantedWhy.RULE, 0));
        }
        segments.flush();
        return details(segment);
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
        List<String> needed = usesOf(id);
        if (!needed.isEmpty()) {
            throw new SegmentInUse(needed);
        }
        uses.orderedStream().forEach(use -> use.release(id));
        segments.delete(segment);
        segments.flush();
        members.forget(segment.tenant(), id);
    }

    /** What needs a segment, as words ready to show. */
    @PreAuthorize("hasAuthority('segment:read')")
    public List<String> usesOf(SegmentId id) {
        return uses.orderedStream().flatMap(use -> use.usesOf(id).stream()).toList();
    }

    private void refuseProblems(Rule rule, @Nullable SegmentId self) {
        List<RuleProblem> problems = RuleCheck.problemsOf(rule, contexts.scope(), self);
        if (!problems.isEmpty()) {
            throw new InvalidRule(problems);
        }
    }

    private static String checkedName(String name) {
        String stripped = name.strip();
        if (stripped.isEmpty() || stripped.length() > LONGEST_NAME) {
            throw new IllegalArgumentException(t("segments.problem.name", LONGEST_NAME));
        }
        return stripped;
    }

    private Segment load(SegmentId id) {
        return segments.findById(id.value()).orElseThrow(() -> new NoSuchElementException("No segment " + id));
    }

    private RuleContext context() {
        return contexts.current();
    }

    private static SegmentDetails details(Segment segment) {
        return new SegmentDetails(segment.id(), segment.name(), segment.rule(), segment.updatedAt(), segment.version());
    }
}
