package io.perennial.segments;

import io.perennial.segments.Rule.Condition;
import io.perennial.segments.Rule.Consent;
import io.perennial.segments.Rule.Field;
import io.perennial.segments.Rule.Group;
import io.perennial.segments.Rule.Orders;

/** By which road it is cheaper to count a rule. */
final class CountRoads {

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
