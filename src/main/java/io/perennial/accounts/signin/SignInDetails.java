package io.perennial.accounts.signin;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.authentication.WebAuthenticationDetails;

/**
 * What is known of how the person of a session came in: kept with it, for the sign-in page, the list of sessions and for
 * whether they proved lately that it is still them.
 */
public final class SignInDetails extends WebAuthenticationDetails {

    private static final long serialVersionUID = 1;

    private final String agent;
    private volatile boolean secondFactor;
    private volatile long session;
    private volatile Instant noted = Instant.EPOCH;
    private volatile Instant proven;
    private volatile @Nullable String issuer;
    private volatile @Nullable String token;
    private volatile boolean passkey;

    /** Of who has just shown their password. */
    public SignInDetails(HttpServletRequest request) {
        this(request, false, Instant.now());
    }

    private SignInDetails(HttpServletRequest request, boolean secondFactor, Instant proven) {
        this(request.getRemoteAddr(), agent(request), secondFactor, proven);
    }

    SignInDetails(String address, String agent, boolean secondFactor, Instant proven) {
        super(address, null);
        this.agent = agent;
        this.secondFactor = secondFactor;
        this.proven = proven;
    }

    /** Of who has just shown two factors. */
    public static SignInDetails ofTwoFactors(HttpServletRequest request) {
        return new SignInDetails(request, true, Instant.now());
    }

    /**
     * Of who comes from an OpenID provider, which may have asked nothing: no fresh proof.
     *
     */
    public static SignInDetails ofProvider(HttpServletRequest request, ProviderVouch vouch) {
        SignInDetails details = new SignInDetails(request, vouch.person().secondFactor(), Instant.EPOCH);
        details.cameBy(vouch);
        return details;
    }

    /** Of who has just used a passkey, which is two factors. */
    public static SignInDetails ofPasskey(HttpServletRequest request) {
        SignInDetails details = ofTwoFactors(request);
        details.passkey = true;
        return details;
    }

    /** Besides whatever else they showed, a provider vouches for them. */
    public void cameBy(ProviderVouch vouch) {
        issuer = vouch.person().issuer();
        token = vouch.token();
    }

    /** The provider that vouched for them as they came; null for none. */
    public @Nullable String issuer() {
        return issuer;
    }

    /** The provider's word, see {@link ProviderVouch#token}. */
    public @Nullable String token() {
        return token;
    }

    boolean byPasskey() {
        return passkey;
    }

    /** The same person's, for a session that begins where this one ends. */
    public SignInDetails forNextSession(HttpServletRequest request) {
        return likeThese(new SignInDetails(request, secondFactor, proven));
    }

    private SignInDetails likeThese(SignInDetails others) {
        others.issuer = issuer;
        others.token = token;
        others.passkey = passkey;
        return others;
    }

    /** As these, with a proof that holds for a week: for work that was begun with a fresh one. */
    public SignInDetails provenForWork() {
        return likeThese(new SignInDetails(
                getRemoteAddress(), agent, secondFactor, Instant.now().plus(Duration.ofDays(7))));
    }

    /** Those of the session this thread works for; empty for background work. */
    public static Optional<SignInDetails> current() {
        var authentication = SecurityContextHolder.getContext().getAuthentication();
        return authentication != null && authentication.getDetails() instanceof SignInDetails details
                ? Optional.of(details)
                : Optional.empty();
    }

    /** What the browser calls itself, cut to 300 characters. */
    String agent() {
        return agent;
    }

    boolean secondFactor() {
        return secondFactor;
    }

    /** Whether the person has shown a second factor in this session. */
    public boolean hasTwoFactors() {
        return secondFactor;
    }

    void hasShownTwo() {
        secondFactor = true;
        proven = Instant.now();
    }

    /** Its row in the list of sessions; 0 before it has one. */
    long session() {
        return session;
    }

    void begun(long id) {
        session = id;
    }

    Instant noted() {
        return noted;
    }

    void note(Instant at) {
        noted = at;
    }

    /** When the person last showed that it is them. */
    public Instant proven() {
        return proven;
    }

    void prove() {
        proven = Instant.now();
    }

    private static String agent(HttpServletRequest request) {
        String agent = request.getHeader("User-Agent");
        return agent == null ? "" : agent.substring(0, Math.min(300, agent.length()));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
