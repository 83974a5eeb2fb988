package io.perennial.segments;

import io.perennial.segments.Rule.Condition;
import io.perennial.segments.Rule.Group;
import io.perennial.segments.Rule.Match;
import io.perennial.tenancy.SqlFragment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Compiles a rule to the statement that counts it. Nothing is joined customer by customer, which costs 2 µs each: every
 * leaf of the rule is read by itself, from the one table it is about and in that table's order, into words of 64
 * customers a bit each; the words of all leaves are put side by side and combined by AND, OR and NOT as the rule says.
 *
 * @see <a href="../../../../../docs/decisions/0308-counting-a-million.md">0308-counting-a-million.md</a>
 */
final class CountSql {

    private final RuleContext context;
    private final CountCopy copy;

    /** Whether rows of the copy are read at all; all that they would be asked may be had for less. */
    private final boolean rows;

    private final WordsSql words;
    private final LeafSql leaves;

    private CountSql(Rule rule, RuleContext context, CountCopy copy) {
        this.context = context;
        this.copy = CountRoads.best(rule, context, copy);
        this.rows = this.copy.hasRows() && !(this.copy.hasWords() && CountRoads.needsNoRows(rule, context));
        this.words = new WordsSql(context);
        this.leaves = new LeafSql(context, words);
    }

    /**
     * One row: how many customers the rule picks (among those of interest), and the last of them as {@code word:bits,word:bits,…}, where
     * bit n of a word is the customer with the id {@code 64 * word + n}.
     *
     * @param rule without problems, and without references to other segments than lists
     * @param copy what shows the customers of interest as they are
     */
    static SqlFragment compile(Rule rule, RuleContext context, CountCopy copy) {
        CountSql compiler = new CountSql(rule, context, copy);
        return compiler.words.count(compiler.picked(rule));
    }

    /**
     * Who would have to come into a segment, or leave it, for its members to be those its rule picks (among those of interest): a row for
     * each word in which they differ, as {@link WordsSql#differing} has it.
     *
     * @param rule as for {@link #compile}
     */
    static SqlFragment differences(Rule rule, RuleContext context, CountCopy copy, SegmentId segment) {
        CountSql compiler = new CountSql(rule, context, copy);
        String picked = compiler.picked(rule);
        return compiler.words.differing(picked, compiler.leaves.members(segment));
    }

    /** The bits of those the rule picks, none of whom is erased. */
    private String picked(Rule rule) {
        Bits picked = bits(rule);
        if (picked.negated()) {
            return everybody() + " & ~" + picked.sql();
        }
        return words.readOnlyCopy() ? picked.sql() : picked.sql() + " & ~" + leaves.erased();
    }

    private String everybody() {
        if (copy.hasWords()) {
            return leaves.kept(KeptWords.everybody()).sql();
        }
        return words.readBasis() ? ofBasis(Rule.everybody()) : leaves.everybody();
    }

    /** @return the name of the bits of those a rule that the basis answers holds of */
    private String ofBasis(Rule rule) {
        return words.ofBasis(BasisSql.predicate(rule, context));
    }

    private Bits bits(Rule rule) {
        KeptWords kept = copy.hasWords() ? KeptWords.of(rule, context).orElse(null) : null;
        if (kept != null) {
            return leaves.kept(kept);
        }
        if (isAskedOfRows(rule)) {
            // Of "none of these" the bits of those are kept, who are fewer.
            return rule instanceof Group(Match match, List<Rule> rules) && match == Match.NONE
                    ? new Bits(ofBasis(new Group(Match.ANY, rules)), true)
                    : new Bits(ofBasis(rule), false);
        }
        return rule instanceof Group group && (CountSource.of(rule) == CountSource.SEVERAL || isReadByIndex(group))
                ? group(group)
                : leaves.of(rule);
    }

    /** Whether each condition is read by its index, or some of a group's are, where rows of everybody are not read. */
    private boolean isReadByIndex(Rule rule) {
        return copy.hasWords()
                && !rows
                && (rule instanceof Group group
                        ? group.rules().stream().anyMatch(this::isReadByIndex)
                        : rule instanceof Condition condition && CountSource.hasIndex(condition));
    }

    private boolean isAskedOfRows(Rule rule) {
        return rows && BasisSql.answers(rule, context) && !(copy.hasWords() && CountRoads.asksWords(rule, context));
    }

    /** What is about the same table is asked in one go. */
    private Bits group(Group group) {
        Match among = group.match() == Match.ALL ? Match.ALL : Match.ANY;
        Map<Object, List<Rule>> bySource = new LinkedHashMap<>();
        for (Rule rule : group.rules()) {
            bySource.computeIfAbsent(source(rule), source -> new ArrayList<>()).add(rule);
        }
        List<Bits> parts = bySource.values().stream()
                .map(same -> same.size() == 1 ? same.getFirst() : new Group(among, same))
                .map(this::bits)
                .toList();
        return switch (group.match()) {
            case ALL -> Bits.all(parts);
            case ANY -> Bits.any(parts);
            case NONE -> Bits.any(parts).not();
        };
    }

    /** What tells apart what is read from different places; the rule itself where it is read for itself. */
    private Object source(Rule rule) {
        if (isAskedOfRows(rule)) {
            return "basis";
        }
        if (isReadByIndex(rule)) {
            return new Object();
        }
        CountSource source = CountSource.of(rule);
        return source == CountSource.CUSTOMER || source == CountSource.SUMMARY ? source : new Object();
    }
}
