package io.perennial.accounts;

import io.perennial.accounts.signin.SignInDetails;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;

/**
 * That it is still the person who signed in: their password or second factor, shown within the last ten minutes. Services
 * ask for it before they hand out secrets or whole lists and before what cannot be undone, so that a session left open on
 * a desk, or stolen, does not suffice. Pages ask beforehand by {@link StepUp}. Background work is nobody's session.
 */
public final class FreshProof {

    public static final Duration HOLDS = Duration.ofMinutes(10);

    /** The proof is too old; nothing was done. */
    public static final class Needed extends RuntimeException {

        private static final long serialVersionUID = 1;

        private Needed() {
            super("A fresh proof of who is at work is needed");
        }
    }

    private FreshProof() {}

    /**
     * Goes on only with a fresh proof.
     *
     * @throws Needed if the person last showed that it is them more than ten minutes ago
     * @throws AccessDeniedException for an operator on a visit, whatever they have shown: secrets, whole lists and what cannot
     *     be undone are the business's own
     */
    public static void require() {
        if (CurrentStaff.find().flatMap(StaffPrincipal::visit).isPresent()) {
            throw new AccessDeniedException("Not during an operator's visit");
        }
        if (!isThere()) {
            throw new Needed();
        }
    }

    /**
     * The person, for work that goes on in the background longer than a proof holds: what is fresh as it begins holds to its
     * end.
     */
    public static Authentication heldBy(Authentication person) {
        if (!(person.getDetails() instanceof SignInDetails details)) {
            return person;
        }
        var held = UsernamePasswordAuthenticationToken.authenticated(
                Objects.requireNonNull(person.getPrincipal()), null, person.getAuthorities());
        held.setDetails(isFresh(details) ? details.provenForWork() : details);
        return held;
    }

    /** A person's session that does not say how they came in has none. */
    static boolean isThere() {
        return CurrentStaff.find().isEmpty()
                || SignInDetails.current().filter(FreshProof::isFresh).isPresent();
    }

    private static boolean isFresh(SignInDetails details) {
        return details.proven().plus(HOLDS).isAfter(Instant.now());
    }
}
