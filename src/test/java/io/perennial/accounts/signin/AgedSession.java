package io.perennial.accounts.signin;

import java.time.Duration;
import java.time.Instant;

/** The session of somebody who showed that it is them some time ago. */
public final class AgedSession {

    private AgedSession() {}

    public static SignInDetails of(Duration age) {
        return new SignInDetails("10.0.0.1", "", false, Instant.now().minus(age));
    }
}
