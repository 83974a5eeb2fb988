package io.perennial.delivery;

import jakarta.mail.internet.MimeUtility;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;

/** The head of a mail. Values with line breaks are refused: they could add headers of their own. */
final class MailHeaders {

    private final StringBuilder text = new StringBuilder(1024);

    /**
     * Adds a value that is ASCII already.
     *
     * @throws IllegalArgumentException if it has a line break or another control character
     */
    MailHeaders add(String name, String value) {
        text.append(name).append(": ").append(requireOneLine(name, value)).append("\r\n");
        return this;
    }

    /** Adds free text, encoded where it is not ASCII (RFC 2047) and folded. */
    MailHeaders addText(String name, String value) {
        requireOneLine(name, value);
        return addFolded(name, encoded(value, false));
    }

    /** Adds a name with an address. */
    MailHeaders addMailbox(String name, String displayName, String address) {
        requireOneLine(name, displayName);
        requireOneLine(name, address);
        if (displayName.isBlank()) {
            return add(name, address);
        }
        return addFolded(name, phrase(displayName) + " <" + address + ">");
    }

    byte[] bytes() {
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private MailHeaders addFolded(String name, String value) {
        text.append(name)
                .append(": ")
                .append(MimeUtility.fold(name.length() + 2, value))
                .append("\r\n");
        return this;
    }

    private static String phrase(String displayName) {
        String encoded = encoded(displayName, true);
        if (!encoded.equals(displayName)) {
            return encoded;
        }
        return '"' + displayName.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private static String encoded(String value, boolean word) {
        try {
            return word ? MimeUtility.encodeWord(value, "UTF-8", null) : MimeUtility.encodeText(value, "UTF-8", null);
        } catch (UnsupportedEncodingException e) {
            throw new IllegalStateException("Every JVM has UTF-8", e);
        }
    }

    static String requireOneLine(String what, String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < ' ' && c != '\t' || c == 127 || c == '\u2028' || c == '\u2029' || c == '\u0085') {
                throw new IllegalArgumentException(what + " has a line break or control character in it");
            }
        }
        return value;
    }
}
