package io.perennial.delivery;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A mail's bytes as they grow: heads as they are, texts in quoted-printable (RFC 2045, 6.7) with lines of at most 76
 * characters and CRLF. Pieces follow each other anywhere in a line; where one does not fit, a soft break stands before
 * it. No line of a text begins with a dot, so nothing is left to do for SMTP (RFC 5321, 4.5.2).
 */
final class MailBytes {

    private static final byte[] HEX = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);
    /** One less than allowed, for the soft break's own {@code =}. */
    private static final int LONGEST = 75;

    private byte[] bytes;
    private int length;
    private int column;

    MailBytes(int capacity) {
        bytes = new byte[capacity];
    }

    /**
     * A text encoded beforehand.
     *
     * @param first characters of its first line
     * @param last characters of its last line
     */
    record Encoded(byte[] bytes, int first, int last, boolean broken) {

        static Encoded of(String text) {
            MailBytes out = new MailBytes(text.length() * 5 / 4 + 32);
            out.text(text);
            byte[] all = out.toArray();
            int first = 0;
            while (first < all.length && all[first] != '\r') {
                first++;
            }
            return new Encoded(all, first, out.column, first < all.length);
        }
    }

    /** Empties it. */
    void clear() {
        length = 0;
        column = 0;
    }

    int length() {
        return length;
    }

    /** Forgets what came after. */
    void cut(int at) {
        length = at;
        column = 0;
    }

    /** What holds the bytes, until the next is added. */
    byte[] array() {
        return bytes;
    }

    byte[] toArray() {
        return Arrays.copyOf(bytes, length);
    }

    /** Adds what is not to be encoded; ends with a line break. */
    void lines(byte[] ready) {
        room(ready.length);
        System.arraycopy(ready, 0, bytes, length, ready.length);
        length += ready.length;
        column = 0;
    }

    void lines(String ready) {
        lines(ready.getBytes(StandardCharsets.UTF_8));
    }

    void encoded(Encoded text) {
        room(text.bytes.length + 3);
        if (column > 0 && column + text.first > LONGEST) {
            softBreak();
        }
        System.arraycopy(text.bytes, 0, bytes, length, text.bytes.length);
        length += text.bytes.length;
        column = text.broken ? text.last : column + text.last;
    }

    /** Begins a new line that readers do not see, unless at the beginning of one. */
    void softBreak() {
        if (column > 0) {
            room(3);
            bytes[length++] = '=';
            newLine();
        }
    }

    /** Puts bytes between what is there; those and the place begin and end at the beginning of a line. */
    void insert(int at, byte[] ready) {
        room(ready.length);
        System.arraycopy(bytes, at, bytes, at + ready.length, length - at);
        System.arraycopy(ready, 0, bytes, at, ready.length);
        length += ready.length;
    }

    void text(String text) {
        text(text, 0, text.length());
    }

    void text(String text, int from, int to) {
        // Three characters for each of up to three bytes, and a soft break of three after each 73 characters at most.
        room((to - from) * 10 + 8);
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                i += ascii(text, i, to, c);
            } else if (c < 0x800) {
                escaped(0xC0 | c >> 6, 0x80 | (c & 0x3F));
            } else if (Character.isHighSurrogate(c) && i + 1 < to && Character.isLowSurrogate(text.charAt(i + 1))) {
                int point = Character.toCodePoint(c, text.charAt(++i));
                escaped(0xF0 | point >> 18, 0x80 | ((point >> 12) & 0x3F));
                escaped(0x80 | ((point >> 6) & 0x3F), 0x80 | (point & 0x3F));
            } else if (Character.isSurrogate(c)) {
                plain('?');
            } else {
                escaped(0xE0 | c >> 12);
                escaped(0x80 | ((c >> 6) & 0x3F), 0x80 | (c & 0x3F));
            }
        }
    }

    /** Adds one; gives how many more of the text it took with it. */
    private int ascii(String text, int at, int to, char c) {
        if (c == '\n' || c == '\r') {
            newLine();
            return c == '\r' && at + 1 < to && text.charAt(at + 1) == '\n' ? 1 : 0;
        }
        boolean plain = c > ' ' && c < 127 && c != '=' && (c != '.' || column > 0);
        // White space may not end a line; what follows the last of a piece is not known here.
        boolean blank = (c == ' ' || c == '\t') && at + 1 < to && !isBreak(text.charAt(at + 1));
        if (plain || blank) {
            plain(c);
        } else {
            escaped(c);
        }
        return 0;
    }

    private static boolean isBreak(char c) {
        return c == '\n' || c == '\r';
    }

    private void plain(char c) {
        if (column >= LONGEST) {
            softBreak();
            if (c == '.') {
                escaped(c);
                return;
            }
        }
        bytes[length++] = (byte) c;
        column++;
    }

    private void escaped(int a, int b) {
        escaped(a);
        escaped(b);
    }

    private void escaped(int b) {
        if (column + 3 > LONGEST) {
            softBreak();
        }
        bytes[length++] = '=';
        bytes[length++] = HEX[b >> 4 & 15];
        bytes[length++] = HEX[b & 15];
        column += 3;
    }

    private void newLine() {
        bytes[length++] = '\r';
        bytes[length++] = '\n';
        column = 0;
    }

    private void room(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }
}
