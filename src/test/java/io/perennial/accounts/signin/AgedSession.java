package io.perennial.accounts.signin;

import java.time.Duration;
import java.time.Instant;
import org.springframework.test.util.ReflectionTestUtils;

/** The session of somebody who showed that it is them some time ago. */
public final class AgedSession {

    private AgedSession() {}

    public static SignInDetails of(Duration age) {
        return new SignInDetails("10.0.0.1", "", false, Instant.now().minus(age));
    }

    /** Lets time pass in a session that goes on. */
    public static void age(SignInDetails details, Duration age) {
        ReflectionTestUtils.setField(details, "proven", Instant.now().minus(age));
    }
}
