package io.perennial.accounts.signin;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.OptionalLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Codes of an authenticator app: RFC 6238 with SHA-1, 30 seconds and six digits, which all apps know. SHA-1's collisions do
 * not matter to HMAC.
 */
final class Totp {

    static final int SECRET_BYTES = 20;
    private static final int SECONDS = 30;
    private static final int MODULUS = 1_000_000;

    /** Steps that clocks may differ, either way. */
    private static final int TOLERANCE = 1;

    private Totp() {}

    static long step(Instant at) {
        return Math.floorDiv(at.getEpochSecond(), SECONDS);
    }

    static String code(byte[] secret, long step) {
        return "%06d".formatted(truncated(secret, step) % MODULUS);
    }

    /**
     * Which time step a code is of, if it is right and newer than {@code lastStep}: a code that somebody has read over a
     * shoulder goes no second time.
     */
    static OptionalLong stepOf(String code, byte[] secret, Instant now, long lastStep) {
        long current = step(now);
        OptionalLong found = OptionalLong.empty();
        for (long step = current - TOLERANCE; step <= current + TOLERANCE; step++) {
            boolean same = MessageDigest.isEqual(
                    code(secret, step).getBytes(StandardCharsets.US_ASCII), code.getBytes(StandardCharsets.UTF_8));
            if (same && step > lastStep && found.isEmpty()) {
                found = OptionalLong.of(step);
            }
        }
        return found;
    }

    /** RFC 4226, 5.3: 31 bits of the HMAC from where its last four bits say. */
    private static int truncated(byte[] secret, long step) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(secret, "HmacSHA1"));
            byte[] hash =
                    mac.doFinal(ByteBuffer.allocate(Long.BYTES).putLong(step).array());
            return ByteBuffer.wrap(hash).getInt(hash[hash.length - 1] & 0xf) & 0x7fffffff;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
