package io.perennial.api;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * A key as a program sends it: {@code pk_live_}, 256 random bits and a checksum over both, all but the beginning in
 * base64url. The beginning lets scanners of source code know it; the checksum lets a mistyped one be told from a wrong one
 * without the database. It gives itself away in no log: {@link #toString} says nothing.
 */
public final class ApiKeyText {

    public static final String PREFIX = "pk_live_";

    private static final int RANDOM_BYTES = 32;
    private static final int SECRET_LETTERS = 43;
    private static final int CHECK_LETTERS = 6;
    private static final int HINT_LETTERS = 4;
    private static final Pattern FORM =
            Pattern.compile(PREFIX + "[A-Za-z0-9_-]{" + (SECRET_LETTERS + CHECK_LETTERS) + "}");
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private final String text;

    private ApiKeyText(String text) {
        this.text = text;
    }

    /** A fresh one. */
    static ApiKeyText random() {
        byte[] secret = new byte[RANDOM_BYTES];
        RANDOM.nextBytes(secret);
        String body = PREFIX + BASE64.encodeToString(secret);
        return new ApiKeyText(body + check(body));
    }

    /** What somebody sent, if it can be a key at all. */
    public static Optional<ApiKeyText> parse(String sent) {
        if (!FORM.matcher(sent).matches()) {
            return Optional.empty();
        }
        int end = sent.length() - CHECK_LETTERS;
        return check(sent.substring(0, end)).equals(sent.substring(end))
                ? Optional.of(new ApiKeyText(sent))
                : Optional.empty();
    }

    /** To be shown once. */
    public String reveal() {
        return text;
    }

    /** SHA-256. A key has 256 random bits, so nothing slower is needed. */
    byte[] hash() {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    /** Its last letters, which are of the checksum. */
    String hint() {
        return text.substring(text.length() - HINT_LETTERS);
    }

    private static String check(String body) {
        CRC32 crc = new CRC32();
        crc.update(body.getBytes(StandardCharsets.US_ASCII));
        return BASE64.encodeToString(
                ByteBuffer.allocate(Integer.BYTES).putInt((int) crc.getValue()).array());
    }

    @Override
    public String toString() {
        return PREFIX + "…";
    }
}
