package io.perennial.shell;

import io.perennial.accounts.StaffPrincipal;
import io.perennial.accounts.signin.ProviderVouch;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Somebody whom a provider vouches for, and whose sign-in is not complete: they have a second step before them, or the
 * provider knows them by the verified address of an account here. Then the two are connected when the person signs in to
 * that account within ten minutes, in the same session, by a way that opens it already.
 */
record PendingConnection(ProviderVouch vouch, String email, long business, Instant since) implements Serializable {

    private static final String NAME = PendingConnection.class.getName();
    private static final Duration HOLDS = Duration.ofMinutes(10);

    /**
     * @param email of the account here
     * @param business that they are on the way to; 0 for the first
     */
    static void begin(ProviderVouch vouch, String email, long business, HttpServletRequest request) {
        request.getSession(true).setAttribute(NAME, new PendingConnection(vouch, email, business, Instant.now()));
    }

    static Optional<PendingConnection> of(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        return session != null
                        && session.getAttribute(NAME) instanceof PendingConnection pending
                        && pending.since.plus(HOLDS).isAfter(Instant.now())
                ? Optional.of(pending)
                : Optional.empty();
    }

    static void forget(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        if (session != null) {
            session.removeAttribute(NAME);
        }
    }

    boolean isOf(StaffPrincipal staff) {
        return staff.getUsername().equalsIgnoreCase(email);
    }
}
