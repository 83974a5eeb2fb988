package io.perennial.delivery;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/** Base32 (RFC 4648, 6) in lower case and without padding: it survives servers that change the case of addresses. */
final class Base32 {

    private static final byte[] DIGITS = "abcdefghijklmnopqrstuvwxyz234567".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] VALUES = new byte[128];

    static {
        Arrays.fill(VALUES, (byte) -1);
        for (int i = 0; i < DIGITS.length; i++) {
            VALUES[DIGITS[i]] = (byte) i;
        }
    }

    private Base32() {}

    static String encode(byte[] bytes, int length) {
        byte[] out = new byte[(length * 8 + 4) / 5];
        int buffer = 0;
        int bits = 0;
        int at = 0;
        for (int i = 0; i < length; i++) {
            buffer = (buffer << 8) | (bytes[i] & 0xff);
            bits += 8;
            while (bits >= 5) {
                bits -= 5;
                out[at++] = DIGITS[(buffer >> bits) & 31];
            }
        }
        if (bits > 0) {
            out[at] = DIGITS[(buffer << (5 - bits)) & 31];
        }
        return new String(out, StandardCharsets.US_ASCII);
    }

    /**
     * The bytes of a text, in whatever case.
     *
     * @throws IllegalArgumentException if there is anything else in it
     */
    static byte[] decode(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        byte[] out = new byte[lower.length() * 5 / 8];
        int buffer = 0;
        int bits = 0;
        int at = 0;
        for (int i = 0; i < lower.length(); i++) {
            char c = lower.charAt(i);
            int value = c < 128 ? VALUES[c] : -1;
            if (value < 0) {
                throw new IllegalArgumentException("No base32");
            }
            buffer = (buffer << 5) | value;
            bits += 5;
            if (bits >= 8) {
                bits -= 8;
                out[at++] = (byte) (buffer >> bits);
            }
        }
        return out;
    }
}
