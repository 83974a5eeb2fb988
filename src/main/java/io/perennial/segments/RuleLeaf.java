package io.perennial.segments;

import io.perennial.segments.Rule.Group;
import java.util.ArrayList;
import java.util.List;

/**
 * A condition of a rule with its place.
 *
 * @param path as {@link RuleProblem} has it: {@code /1/0}
 */
record RuleLeaf(String path, Rule condition) {

    /** The conditions in the order of the rule. */
    static List<RuleLeaf> of(Rule rule) {
        List<RuleLeaf> leaves = new ArrayList<>();
        collect(rule, "", leaves);
        return leaves;
    }

    private static void collect(Rule rule, String path, List<RuleLeaf> leaves) {
        if (rule instanceof Group group) {
            for (int i = 0; i < group.rules().size(); i++) {
                collect(group.rules().get(i), path + "/" + i, leaves);
            }
        } else {
            leaves.add(new RuleLeaf(path.isEmpty() ? "/" : path, rule));
        }
    }

    /** What a rule comes to, given what its conditions come to: bit n is that of the n-th. */
    static boolean holds(Rule rule, long truths) {
        return new Walk(truths).holds(rule);
    }

    /** Counts the conditions it passes, so none may be skipped. */
    private static final class Walk {
        private final long truths;
        private int next;

        private Walk(long truths) {
            this.truths = truths;
        }

        private boolean holds(Rule rule) {
            if (!(rule instanceof Group group)) {
                return (truths & 1L << next++) != 0;
            }
            int held = 0;
            for (Rule part : group.rules()) {
                held += holds(part) ? 1 : 0;
            }
            return switch (group.match()) {
                case ALL -> held == group.rules().size();
                case ANY -> held > 0;
                case NONE -> held == 0;
            };
        }
    }
}
