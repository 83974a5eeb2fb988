package io.perennial.accounts.signin;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants of an OpenID provider. More than signing in is said on a page of ours, so that no link from elsewhere
 * can begin it: kept in the session for a while, and once.
 *
 * @param account who wants it; 0 for nobody signed in
 * @param business to work in then; 0 for the first by name
 * @param invitation the link's secret, to accept it
 */
public record ProviderWish(
        String provider,
        Purpose purpose,
        long account,
        long business,
        @Nullable String invitation,
        Instant since) implements Serializable {

    private static final String NAME = ProviderWish.class.getName();

    /** An invitation stands open while it is read; the others are begun by the click itself. */
    private static final Duration HOLDS = Duration.ofMinutes(30);

    /** What for. */
    public enum Purpose {
        SIGN_IN,
        /** With the account here, from its page. */
        CONNECT,
        /** That it is still them. */
        PROVE,
        /** Accepting an invitation. */
        JOIN
    }

    public static ProviderWish signIn(String provider) {
        return new ProviderWish(provider, Purpose.SIGN_IN, 0, 0, null, Instant.now());
    }

    public static ProviderWish signInTo(String provider, long account, long business) {
        return new ProviderWish(provider, Purpose.SIGN_IN, account, business, null, Instant.now());
    }

    public static ProviderWish connect(String provider, long account) {
        return new ProviderWish(provider, Purpose.CONNECT, account, 0, null, Instant.now());
    }

    public static ProviderWish prove(String provider, long account) {
        return new ProviderWish(provider, Purpose.PROVE, account, 0, null, Instant.now());
    }

    public static ProviderWish join(String provider, String invitation) {
        return new ProviderWish(provider, Purpose.JOIN, 0, 0, invitation, Instant.now());
    }

    /** Under which name, for who keeps it. */
    public static String name() {
        return NAME;
    }

    public void keepIn(HttpSession session) {
        session.setAttribute(NAME, this);
    }

    /** The one that was kept for this provider; else just to sign in. */
    public static ProviderWish take(String provider, HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        if (session == null || !(session.getAttribute(NAME) instanceof ProviderWish wish)) {
            return signIn(provider);
        }
        session.removeAttribute(NAME);
        return wish.provider.equals(provider) && wish.since.plus(HOLDS).isAfter(Instant.now())
                ? wish
                : signIn(provider);
    }

    /** Whether a person who is signed in may begin it: otherwise there is nothing to sign in for. */
    public boolean isOfSignedIn() {
        return account != 0;
    }

    /** Without the invitation's secret. */
    @Override
    public String toString() {
        return "ProviderWish[" + provider + ", " + purpose + "]";
    }
}
