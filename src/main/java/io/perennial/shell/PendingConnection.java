package io.perennial.shell;

import io.perennial.accounts.StaffPrincipal;
import io.perennial.accounts.signin.ProviderPerson;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Somebody whom a provider knows by the verified address of an account here. It is connected when the person signs in to
 * that account within ten minutes, in the same session, by a way that opens it already.
 */
record PendingConnection(ProviderPerson person, Instant since) implements Serializable {

    private static final String NAME = PendingConnection.class.getName();
    private static final Duration HOLDS = Duration.ofMinutes(10);

    static void begin(ProviderPerson person, HttpServletRequest request) {
        request.getSession(true).setAttribute(NAME, new PendingConnection(person, Instant.now()));
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
        return staff.getUsername().equalsIgnoreCase(person.email());
    }
}
