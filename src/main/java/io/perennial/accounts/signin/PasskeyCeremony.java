package io.perennial.accounts.signin;

import java.io.Serializable;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One question to an authenticator. Kept on this side, in the session it was asked in; its challenge is taken once, by
 * whatever answer comes first.
 */
public final class PasskeyCeremony implements Serializable {

    /** How long an answer may take. */
    static final Duration HOLDS = Duration.ofMinutes(5);

    private static final long serialVersionUID = 1;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final long account;
    private final boolean verified;
    private final byte[] challenge = new byte[32];
    private final Instant since = Instant.now();
    private final AtomicBoolean taken = new AtomicBoolean();
    private String options = "";

    /**
     * @param account who shall answer; 0 for anybody
     * @param verified whether the authenticator must check finger, face or PIN
     */
    PasskeyCeremony(long account, boolean verified) {
        this.account = account;
        this.verified = verified;
        RANDOM.nextBytes(challenge);
    }

    /** What the browser is asked, as JSON. */
    public String options() {
        return options;
    }

    PasskeyCeremony asking(String json) {
        this.options = json;
        return this;
    }

    /** Whether anybody may answer. */
    public boolean isOpen() {
        return account == 0;
    }

    long account() {
        return account;
    }

    boolean verified() {
        return verified;
    }

    String challengeText() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(challenge);
    }

    /** The challenge, once; empty for all who come later or too late. */
    Optional<byte[]> take() {
        return taken.compareAndSet(false, true) && since.plus(HOLDS).isAfter(Instant.now())
                ? Optional.of(challenge.clone())
                : Optional.empty();
    }
}
