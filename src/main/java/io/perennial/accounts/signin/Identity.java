package io.perennial.accounts.signin;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An account at an OpenID provider that opens the account of the one signed in.
 *
 * @param provider its name, or its issuer's address where the installation knows it no more
 * @param email as the provider knew them when it was connected
 */
public record Identity(
        long id,
        String provider,
        @Nullable String email,
        Instant linkedAt,
        @Nullable Instant usedAt) {}
