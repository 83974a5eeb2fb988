package io.perennial.segments.ui;

import io.perennial.segments.Rule;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** The rules as they were while somebody edited, to go back to. */
class RuleHistory {

    private static final int MOST = 100;

    private final Deque<Rule> before = new ArrayDeque<>();
    private Rule current = Rule.everybody();

    void begin(Rule rule) {
        before.clear();
        current = rule;
    }

    /** Keeps what was, if the rule is another now. */
    void now(Rule rule) {
        if (!rule.equals(current)) {
            before.push(current);
            current = rule;
            if (before.size() > MOST) {
                before.removeLast();
            }
        }
    }

    boolean canGoBack() {
        return !before.isEmpty();
    }

    /** The rule before the last change; that change is forgotten. */
    Optional<Rule> back() {
        Optional<Rule> last = Optional.ofNullable(before.poll());
        last.ifPresent(rule -> current = rule);
        return last;
    }
}
