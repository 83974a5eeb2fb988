package io.perennial.accounts.signin;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;

/**
 * That the one signed in wants to connect an account at a provider: said on the page of their account, so that no link from
 * elsewhere can begin it. Kept in the session for the next minute, and once.
 */
public record ConnectIntent(String provider, long account, Instant since) implements Serializable {

    private static final String NAME = ConnectIntent.class.getName();
    private static final Duration HOLDS = Duration.ofMinutes(1);

    /** Under which name, for who keeps it. */
    public static String name() {
        return NAME;
    }

    /** Whose it is; 0 where there is none for this provider. */
    public static long take(String provider, HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        if (session == null || !(session.getAttribute(NAME) instanceof ConnectIntent intent)) {
            return 0;
        }
        session.removeAttribute(NAME);
        return intent.provider.equals(provider) && intent.since.plus(HOLDS).isAfter(Instant.now()) ? intent.account : 0;
    }
}
