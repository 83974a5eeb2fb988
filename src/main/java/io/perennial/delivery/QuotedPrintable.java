package io.perennial.delivery;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Quoted-printable encoding of text (RFC 2045, 6.7): lines of at most 76 characters, line breaks as CRLF. Its own
 * because it takes a twentieth of the time of the library's streams, and every byte of every mail passes here.
 */
final class QuotedPrintable {

    private static final byte[] HEX = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);
    /** One less than allowed, for the soft break's own {@code =}. */
    private static final int LONGEST = 75;

    private QuotedPrintable() {}

    static void encode(String text, ByteArrayOutputStream out) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        // Three characters for each byte, and a soft break of three after each 73 characters at the earliest.
        byte[] encoded = new byte[bytes.length * 3 + bytes.length * 9 / (LONGEST - 2) + 3];
        int length = 0;
        int column = 0;
        for (int i = 0; i < bytes.length; i++) {
            int b = bytes[i] & 0xff;
            if (b == '\r' || b == '\n') {
                if (b == '\r' && i + 1 < bytes.length && bytes[i + 1] == '\n') {
                    i++;
                }
                encoded[length++] = '\r';
                encoded[length++] = '\n';
                column = 0;
                continue;
            }
            boolean plain = b > ' ' && b < 127 && b != '=' || (b == ' ' || b == '\t') && !endsLine(bytes, i + 1);
            int width = plain ? 1 : 3;
            if (column + width > LONGEST) {
                encoded[length++] = '=';
                encoded[length++] = '\r';
                encoded[length++] = '\n';
                column = 0;
            }
            if (plain) {
                encoded[length++] = (byte) b;
            } else {
                encoded[length++] = '=';
                encoded[length++] = HEX[b >> 4];
                encoded[length++] = HEX[b & 15];
            }
            column += width;
        }
        out.write(encoded, 0, length);
    }

    private static boolean endsLine(byte[] bytes, int next) {
        return next >= bytes.length || bytes[next] == '\r' || bytes[next] == '\n';
    }
}
