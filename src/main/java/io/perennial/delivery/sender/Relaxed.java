package io.perennial.delivery.sender;

import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;

/** A mail's parts in the form that survives what servers on the way do to spaces (RFC 6376, 3.4.2 and 3.4.4). */
final class Relaxed {

    private static final byte[] SPACE = {' '};
    private static final byte[] BREAK = {'\r', '\n'};

    private Relaxed() {}

    /**
     * Adds one header, without the line break at its end: name in lower case, unfolded, runs of white space as one
     * space, none at the ends.
     *
     * @param to after the last character of the header, before its line break
     */
    static void header(byte[] mail, int from, int to, ByteArrayOutputStream out) {
        int at = from;
        while (at < to && mail[at] != ':') {
            byte b = mail[at++];
            if (b != ' ' && b != '\t') {
                out.write(b >= 'A' && b <= 'Z' ? b + 32 : b);
            }
        }
        out.write(':');
        boolean gap = false;
        boolean begun = false;
        for (at++; at < to; at++) {
            byte b = mail[at];
            if (b == '\r' || b == '\n') {
                continue;
            }
            if (b == ' ' || b == '\t') {
                gap = true;
                continue;
            }
            if (gap && begun) {
                out.write(' ');
            }
            gap = false;
            begun = true;
            out.write(b);
        }
    }

    /**
     * Hashes the body: runs of white space as one space, none at line ends, no empty lines at the end.
     *
     * @param digest is fed, not finished
     */
    static void body(byte[] mail, int from, int to, MessageDigest digest) {
        int emptyLines = 0;
        int at = from;
        while (at < to) {
            int end = at;
            while (end < to && mail[end] != '\r') {
                end++;
            }
            int last = end;
            while (last > at && isBlank(mail[last - 1])) {
                last--;
            }
            if (last == at) {
                emptyLines++;
            } else {
                for (; emptyLines > 0; emptyLines--) {
                    digest.update(BREAK);
                }
                line(mail, at, last, digest);
                digest.update(BREAK);
            }
            at = end + 2;
        }
    }

    private static void line(byte[] mail, int from, int to, MessageDigest digest) {
        int start = from;
        for (int at = from; at < to; at++) {
            if (mail[at] == '\t' || (mail[at] == ' ' && isBlank(mail[at + 1]))) {
                digest.update(mail, start, at - start);
                digest.update(SPACE);
                while (isBlank(mail[at + 1])) {
                    at++;
                }
                start = at + 1;
            }
        }
        digest.update(mail, start, to - start);
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || b == '\t';
    }
}
