package io.perennial.accounts.signin;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * What a provider said when somebody came back from it.
 *
 * @param name as they are called there, if it says so
 * @param token its signed word, by which it knows whom to sign out
 */
public record ProviderVouch(ProviderPerson person, @Nullable String name, String token) implements Serializable {

    /** Without what names the person. */
    @Override
    public String toString() {
        return "ProviderVouch[" + person.issuer() + "]";
    }
}
