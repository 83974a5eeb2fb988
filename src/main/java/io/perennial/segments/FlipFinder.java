package io.perennial.segments;

import io.perennial.segments.MoveLog.Moved;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Finds which conditions turned for those who entered or left. What they come to now is asked of the database, condition
 * by condition, of those who moved only. What they came to before is known exactly where only time has passed: the same
 * question for the day before. After a change it is concluded: conditions that the change does not concern were the
 * same, the rule as a whole came to the opposite, and what turned in every case that fits this has turned for certain.
 */
@Component
class FlipFinder {

    /** Of a pass that moves more, the rest stays without an explanation: each thousand costs a query a condition. */
    private static final int MOST = 20_000;

    private static final int STEP = 1_000;

    /** So many conditions a change may concern; every combination of theirs is tried. */
    private static final int MOST_CANDIDATES = 12;

    private final MoveLog log;
    private final Picks picks;

    FlipFinder(MoveLog log, Picks picks) {
        this.log = log;
        this.picks = picks;
    }

    /**
     * Writes into the log of a pass which conditions turned.
     *
     * @param lastSeen the day of the business for which the membership was right before, or nothing where unknown
     */
    void explain(Pass pass, Rule rule, RuleContext context, @Nullable LocalDate lastSeen) {
        List<RuleLeaf> leaves = RuleLeaf.of(rule);
        if (pass.cause() == MoveCause.RULE || leaves.isEmpty() || leaves.size() > Long.SIZE - 1) {
            return;
        }
        long candidates = pass.cause() == MoveCause.TIME
                ? bits(
                        leaves,
                        leaf -> RuleNeeds.of(leaf.condition(), context.scope()).ofTime())
                : bits(leaves, leaf -> concerned(leaf, pass.aspects(), context.scope()));
        if (Long.bitCount(candidates) == 1) {
            log.explainAll(pass, candidates, 0);
            return;
        }
        if (candidates == 0) {
            return;
        }
        long after = Long.MIN_VALUE;
        for (int done = 0; done < MOST; done += STEP) {
            List<Moved> some = log.moved(pass, after, STEP);
            if (some.isEmpty()) {
                return;
            }
            after = some.getLast().customer();
            Map<Long, Long> now = truths(leaves, context, some);
            if (pass.cause() == MoveCause.TIME && lastSeen != null) {
                byTime(pass, leaves, candidates, context.on(lastSeen), some, now);
            } else {
                byChange(pass, rule, candidates, some, now);
            }
        }
    }

    /** A new customer's conditions all came to something for the first time. */
    private static boolean concerned(RuleLeaf leaf, long aspects, RuleScope scope) {
        return RuleNeeds.of(leaf.condition(), scope).concern(aspects);
    }

    private void byTime(
            Pass pass,
            List<RuleLeaf> leaves,
            long candidates,
            RuleContext then,
            List<Moved> some,
            Map<Long, Long> now) {
        Map<Long, Long> before = truths(leaves, then, some, candidates);
        Map<Long, List<Long>> byFlips = new HashMap<>();
        for (Moved moved : some) {
            long flips =
                    (before.getOrDefault(moved.customer(), 0L) ^ now.getOrDefault(moved.customer(), 0L)) & candidates;
            byFlips.computeIfAbsent(flips, f -> new ArrayList<>()).add(moved.customer());
        }
        byFlips.forEach((flips, customers) -> {
            if (flips != 0) {
                log.explain(pass, customers, flips, 0);
            }
        });
    }

    private void byChange(Pass pass, Rule rule, long candidates, List<Moved> some, Map<Long, Long> now) {
        record Case(long truths, boolean entered) {}
        Map<Case, List<Long>> cases = new HashMap<>();
        for (Moved moved : some) {
            cases.computeIfAbsent(
                            new Case(now.getOrDefault(moved.customer(), 0L), moved.entered()), c -> new ArrayList<>())
                    .add(moved.customer());
        }
        cases.forEach((each, customers) -> {
            Flips flips = conclude(rule, each.truths(), candidates, each.entered());
            if ((flips.certain() | flips.possible()) != 0) {
                log.explain(pass, customers, flips.certain(), flips.possible());
            }
        });
    }

    /**
     * Which conditions turned.
     *
     * @param certain bits of those that turned in every case that fits
     * @param possible bits of those that turned in some
     */
    record Flips(long certain, long possible) {}

    /** Tries every combination of what the candidates may have come to before, with the rule coming to the opposite. */
    static Flips conclude(Rule rule, long now, long candidates, boolean entered) {
        if (Long.bitCount(candidates) > MOST_CANDIDATES) {
            return new Flips(0, candidates);
        }
        long always = candidates;
        long sometimes = 0;
        boolean found = false;
        long flips = candidates;
        while (true) { // every subset of the candidates, from all to none
            if (RuleLeaf.holds(rule, now ^ flips) != entered) {
                found = true;
                always &= flips;
                sometimes |= flips;
            }
            if (flips == 0) {
                break;
            }
            flips = (flips - 1) & candidates;
        }
        return found ? new Flips(always, sometimes & ~always) : new Flips(0, 0);
    }

    private Map<Long, Long> truths(List<RuleLeaf> leaves, RuleContext context, List<Moved> some) {
        return truths(leaves, context, some, -1L);
    }

    /** What the conditions asked for come to, as bits, by customer. */
    private Map<Long, Long> truths(List<RuleLeaf> leaves, RuleContext context, List<Moved> some, long asked) {
        List<Long> customers = some.stream().map(Moved::customer).toList();
        Map<Long, Long> truths = new HashMap<>();
        for (int i = 0; i < leaves.size(); i++) {
            long bit = 1L << i;
            if ((asked & bit) != 0) {
                picks.of(leaves.get(i).condition(), context, customers)
                        .forEach(id -> truths.merge(id, bit, (a, b) -> a | b));
            }
        }
        return truths;
    }

    private static long bits(List<RuleLeaf> leaves, Predicate<RuleLeaf> wanted) {
        return IntStream.range(0, leaves.size())
                .filter(i -> wanted.test(leaves.get(i)))
                .mapToLong(i -> 1L << i)
                .reduce(0, (a, b) -> a | b);
    }
}
