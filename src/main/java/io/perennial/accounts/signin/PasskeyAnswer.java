package io.perennial.accounts.signin;

import org.jspecify.annotations.Nullable;

/**
 * What became of an authenticator's answer.
 *
 * @param email of the person it is; null where it opens nothing
 */
public record PasskeyAnswer(Outcome outcome, @Nullable String email) {

    public enum Outcome {
        RIGHT,
        /** The question was answered before, or too long ago. */
        LATE,
        /** Nobody has this passkey (any more), or not the one who was asked. */
        UNKNOWN,
        /** It is not what was asked for: altered, or of another site. */
        WRONG,
        /** The same passkey has been used elsewhere since: there is a copy of it. */
        COPIED
    }

    static PasskeyAnswer right(String email) {
        return new PasskeyAnswer(Outcome.RIGHT, email);
    }

    static PasskeyAnswer not(Outcome outcome) {
        return new PasskeyAnswer(outcome, null);
    }
}
