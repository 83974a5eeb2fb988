package io.perennial.accounts.signin;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * Somebody as an OpenID provider knows them.
 *
 * @param provider its name
 * @param subject with the issuer, whose account it is for ever
 * @param email null unless the provider says that it is verified
 * @param secondFactor whether they showed two factors there, of the kinds that this installation trusts
 */
public record ProviderPerson(
        String provider,
        String issuer,
        String subject,
        @Nullable String email,
        boolean secondFactor) implements Serializable {}
