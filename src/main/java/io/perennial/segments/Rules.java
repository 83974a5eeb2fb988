package io.perennial.segments;

import static io.perennial.uikit.Texts.t;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Rules of the current business, saved or not: what is wrong with them, what they say in words, whom they pick now. */
@Service
@Transactional(readOnly = true)
public class Rules {

    private final RuleContexts contexts;
    private final RuleCounts counts;
    private final SampleReader samples;
    private final ScopeQueries figures;

    Rules(RuleContexts contexts, RuleCounts counts, SampleReader samples, ScopeQueries figures) {
        this.contexts = contexts;
        this.counts = counts;
        this.samples = samples;
        this.figures = figures;
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

    /**
     * A rule as a sentence, in the console's language. One that leads to something that is gone meanwhile still has its
     * words.
     */
    @PreAuthorize("hasAuthority('segment:read')")
    public String sentence(Rule rule) {
        return new RuleWords(contexts.scope()).of(rule);
    }

    /** Who is in a segment, in words: its rule as a sentence, or that it is a list. */
    @PreAuthorize("hasAuthority('segment:read')")
    public String sentence(SegmentDetails segment) {
        return segment.list() ? t("segments.list.words") : sentence(segment.rule());
    }

    /** A rule as a document to keep or to hand on, as {@code segment-rule.schema.json} describes it. */
    @PreAuthorize("hasAuthority('segment:read')")
    public String document(Rule rule) {
        return RuleDocument.show(rule);
    }

    /**
     * Reads a rule from a document that somebody wrote or brought from elsewhere.
     *
     * @param self whose rule it is to be, so that it is not led back to itself; nothing for a new segment
     * @throws InvalidDocument if it is no document of a rule: says where and why
     * @throws InvalidRule if the rule in it has problems: {@link RuleProblem#pointer} says where
     */
    @PreAuthorize("hasAuthority('segment:read')")
    public Rule read(String document, @Nullable SegmentId self) {
        if (document.length() > RuleLimits.DOCUMENT) {
            throw new InvalidDocument("", "segments.document.too_long", RuleLimits.DOCUMENT);
        }
        Rule rule = RuleDocument.read(document);
        RuleCheck.require(rule, contexts.scope(), self);
        return rule;
    }

    /**
     * How many customers a rule picks now, exactly.
     *
     * @throws InvalidRule if it has problems
     */
    @Transactional(propagation = Propagation.NOT_SUPPORTED)
    @PreAuthorize("hasAuthority('segment:read')")
    public long count(Rule rule) {
        return counts.count(rule, contexts.current(), unheard -> {}).count();
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
        FoundCustomers found = counts.count(rule, contexts.current(), progress);
        List<Long> newest =
                found.newest().subList(0, Math.min(shown, found.newest().size()));
        return new CountedSegment(found.count(), samples.of(newest), found.behind());
    }

    /** From how much spent a customer belongs to the best tenth here, rounded to two digits. */
    @PreAuthorize("hasAuthority('segment:read')")
    public BigDecimal muchSpent() {
        BigDecimal tenth = figures.valueOfTopTenth().orElse(BigDecimal.valueOf(100));
        return new BigDecimal(tenth.round(new MathContext(2, RoundingMode.HALF_UP))
                .max(BigDecimal.ONE)
                .toPlainString());
    }
}
