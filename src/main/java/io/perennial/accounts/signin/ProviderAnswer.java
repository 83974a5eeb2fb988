package io.perennial.accounts.signin;

import org.jspecify.annotations.Nullable;

/**
 * The parameters with which somebody comes back from an OpenID provider. Anybody can make them up.
 *
 * @param iss who answered, where the answer says so
 * @param error why the provider gave no code
 */
public record ProviderAnswer(
        @Nullable String code,
        @Nullable String state,
        @Nullable String iss,
        @Nullable String error) {

    /** Without the code. */
    @Override
    public String toString() {
        return "ProviderAnswer[" + error + "]";
    }
}
