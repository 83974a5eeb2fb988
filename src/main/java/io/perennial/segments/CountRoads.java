package io.perennial.segments;

import io.perennial.segments.Rule.Condition;
import io.perennial.segments.Rule.Consent;
import io.perennial.segments.Rule.Field;
import io.perennial.segments.Rule.Group;
import io.perennial.segments.Rule.Orders;
import java.util.EnumSet;
import java.util.Set;

/** By which road it is cheaper to count a rule. */
final class CountRoads {

    /** What asks for one of some values, or for none of them. */
    private static final Set<Operator> ONE_OF =
            EnumSet.of(Operator.IS, Operator.IS_ANY_OF, Operator.IS_NOT, Operator.IS_NONE_OF);

    private CountRoads() {}

    /** Whether counting a rule reads much of all orders ever. */
    static boolean readsLong(Rule rule, RuleContext context, boolean basis) {
        if (basis && BasisSql.answers(rule, context)) {
            return false;
        }
        return switch (rule) {
            case Group group -> group.rules().stream().anyMatch(part -> readsLong(part, context, basis));
            case Orders orders -> OrdersSql.readsLong(orders, context.today());
            default -> false;
        };
    }

    /** Whether counting a rule looks up lines one by one. */
    static boolean looksUpLines(Rule rule) {
        return switch (rule) {
            case Group group -> group.rules().stream().anyMatch(CountRoads::looksUpLines);
            case Orders orders -> OrdersSql.looksUpLines(orders);
            default -> false;
        };
    }

    /** Whether reading the basis of everybody is worth it, and not all that it could answer has an index of its own. */
    static boolean gainsByBasis(Rule rule, RuleContext context) {
        if (BasisSql.answers(rule, context)) {
            return !hasIndex(rule);
        }
        if (rule instanceof Group group) {
            long answered = group.rules().stream()
                    .filter(part -> BasisSql.answers(part, context))
                    .count();
            return answered > 1 || group.rules().stream().anyMatch(part -> gainsByBasis(part, context));
        }
        return false;
    }

    /** What of a copy a count uses, of what there is. */
    static CountCopy best(Rule rule, RuleContext context, CountCopy there) {
        if (there.hasWords() && (asksWords(rule, context) || isNegative(rule) || gainsByBasis(rule, context))) {
            return CountCopy.ROWS_AND_WORDS;
        }
        return there.hasRows() && gainsByBasis(rule, context) ? CountCopy.ROWS : CountCopy.NONE;
    }

    /** Whether words are kept of something that a rule asks. */
    static boolean asksWords(Rule rule, RuleContext context) {
        return rule instanceof Group group
                ? group.rules().stream().anyMatch(part -> asksWords(part, context))
                : KeptWords.of(rule, context).isPresent();
    }

    /** Whether all that rows of the copy would be asked is to be had from kept words, or from an index with few customers. */
    static boolean needsNoRows(Rule rule, RuleContext context) {
        return switch (rule) {
            case Group group -> group.rules().stream().allMatch(part -> needsNoRows(part, context));
            case Condition condition when condition.field() == Field.CITY -> ONE_OF.contains(condition.operator());
            default ->
                !BasisSql.answers(rule, context) || KeptWords.of(rule, context).isPresent();
        };
    }

    /** Whether it may be cheaper to read whom a rule does not hold of, which then needs everybody. */
    private static boolean isNegative(Rule rule) {
        return switch (rule) {
            case Group group ->
                switch (group.match()) {
                    case ALL -> group.rules().stream().allMatch(CountRoads::isNegative);
                    case ANY -> group.rules().stream().anyMatch(CountRoads::isNegative);
                    case NONE -> group.rules().stream().noneMatch(CountRoads::isNegative);
                };
            case Condition condition -> condition.operator().holdsOfUnknown();
            case Rule.Member member -> !member.in();
            default -> false;
        };
    }

    private static boolean hasIndex(Rule rule) {
        return switch (rule) {
            case Condition condition when condition.operator().holdsOfUnknown() -> false;
            case Condition condition
            when condition.field() == Field.SUPPRESSED ->
                condition.values().getFirst().equals("true");
            case Condition condition ->
                condition.field() == Field.SUPPRESSION_REASON || CountSource.hasIndex(condition);
            case Consent consent -> consent.status().hasTime();
            default -> false;
        };
    }
}
