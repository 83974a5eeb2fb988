package io.perennial.accounts.signin;

import java.time.Instant;

/** What a person's phone does: keeps a secret that it scanned, and shows codes. */
public final class AuthenticatorApp {

    private final byte[] secret;
    private long last;

    public AuthenticatorApp(String scanned) {
        secret = new Enrolment(scanned.replace(" ", ""), "").bytes();
    }

    /** A code that was not shown before; the next one where the present was. */
    public String code() {
        last = Math.max(last + 1, Totp.step(Instant.now()) - 1);
        return Totp.code(secret, last);
    }
}
