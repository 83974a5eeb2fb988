package io.perennial.accounts.signin;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A passkey of the one signed in.
 *
 * @param usedAt null before its first use
 * @param synced whether its owner's other devices have it too
 */
public record Passkey(
        long id, String name, Instant madeAt, @Nullable Instant usedAt, boolean synced) {

    public static final int LONGEST_NAME = 60;
}
