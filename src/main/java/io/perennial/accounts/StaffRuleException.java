package io.perennial.accounts;

/** A change to the staff that would break a rule; nothing was changed. */
public class StaffRuleException extends RuntimeException {

    /** Which rule. */
    public enum Rule {
        /** A business always has an owner. */
        LAST_OWNER,
        /** Only owners make, change and remove owners. */
        OWNERS_ONLY,
        /** This person works here already. */
        ALREADY_MEMBER,
        /** There is no such person here (any more). */
        UNKNOWN_MEMBER,
        /** The password is too short, too long or too easily guessed. */
        WEAK_PASSWORD,
        /** The password is known from a breach. */
        BREACHED_PASSWORD,
        /** The present password is another. */
        WRONG_PASSWORD
    }

    private final Rule rule;

    public StaffRuleException(Rule rule) {
        super(rule.name());
        this.rule = rule;
    }

    /** Whether another password would do. */
    public boolean isAboutPassword() {
        return rule == Rule.WEAK_PASSWORD || rule == Rule.BREACHED_PASSWORD;
    }

    public Rule rule() {
        return rule;
    }
}
