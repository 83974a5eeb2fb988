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
        /** Nobody gives, changes or takes a role that may do more than they may themselves. */
        BEYOND_OWN,
        /** There is no such role here (any more). */
        UNKNOWN_ROLE,
        /** A role has a name of 1 to 60 characters and a description of at most 300. */
        ROLE_NAME,
        /** There is a role of this name. */
        ROLE_NAME_TAKEN,
        /** A role may do something. */
        ROLE_EMPTY,
        /** Somebody has this role, or is invited as it. */
        ROLE_IN_USE,
        /** A business has at most {@link Roles#MOST} roles of its own. */
        TOO_MANY_ROLES,
        /** At most {@link Invitations#MOST} wait for an answer at once. */
        TOO_MANY_INVITATIONS,
        /** The mail has only just gone out. */
        JUST_MAILED,
        /** The invitation was withdrawn, answered, replaced by a newer one, or its time is over. */
        INVITATION_OVER,
        /** The typed name is not the business's. */
        ANOTHER_NAME,
        /** The deletion has been asked for already. */
        DELETION_ASKED,
        /** The business is being removed, or its deletion was not asked for. */
        TOO_LATE,
        /** One export is being made, or three are kept. */
        ENOUGH_EXPORTS,
        /** There is no such file (any more). */
        EXPORT_GONE,
        /** An operator says why. */
        REASON_MISSING,
        /** An operator who enters a business says why, in {@link OperatorVisits#SHORTEST_REASON} to 500 characters. */
        VISIT_REASON,
        /** The business asks for a second factor, which the operator's session has not shown. */
        VISIT_SECOND_FACTOR,
        /** A person has a name of 1 to 120 characters. */
        PERSON_NAME,
        /** There is no such person here (any more). */
        UNKNOWN_MEMBER,
        /** The password is too short, too long or too easily guessed. */
        WEAK_PASSWORD,
        /** The password is known from a breach. */
        BREACHED_PASSWORD,
        /** The present password is another. */
        WRONG_PASSWORD,
        /** Nobody can found a business here by themselves. */
        FOUNDING_CLOSED,
        /** The link was used, its time is over, or its address has an account meanwhile. */
        FOUNDING_OVER,
        /** A business has a name of 1 to 120 characters. */
        BUSINESS_NAME,
        /** Who founds a business agrees to the terms of this installation. */
        TERMS,
        /** There are amounts in the business's currency, which nothing recomputes. */
        CURRENCY_IN_USE,
        /** A business of this person requires a second factor. */
        SECOND_FACTOR_REQUIRED,
        /** Who requires a second factor of others has one. */
        SECOND_FACTOR_FIRST,
        /** The device's answer came too late, or is the second to one question. */
        PASSKEY_LATE,
        /** What the device made is not what it was asked for, or is known already. */
        PASSKEY_REFUSED,
        /** There is no such passkey (any more). */
        PASSKEY_GONE,
        /** A person has at most {@link io.perennial.accounts.signin.Passkeys#MOST} passkeys. */
        TOO_MANY_PASSKEYS,
        /** There is no such connection to a provider (any more). */
        PROVIDER_GONE,
        /** Who lets people in by one provider only came by it. */
        PROVIDER_FIRST,
        /** A business of this person lets people in by this provider only. */
        PROVIDER_NEEDED,
        /** Of the owners that stay, one has to be connected with the provider that the business asks for. */
        LAST_CONNECTED_OWNER
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
