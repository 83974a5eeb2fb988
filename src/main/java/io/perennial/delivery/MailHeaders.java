package io.perennial.delivery;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** The head of a mail. Values with line breaks are refused: they could add headers of their own. */
final class MailHeaders {

    /** Leaves room for the longest name of a header in a line of 78. */
    private static final int LONGEST_PLAIN = 64;
    /** Bytes in an encoded word, so that word and name fit into a line of 76. */
    private static final int WORD = 36;

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

    /** Adds free text, encoded (RFC 2047) where it is not ASCII or long. */
    MailHeaders addText(String name, String value) {
        requireOneLine(name, value);
        return addLines(name, isPlain(value) ? value : encoded(value));
    }

    /** Adds a name with an address. */
    MailHeaders addMailbox(String name, String displayName, String address) {
        requireOneLine(name, displayName);
        requireOneLine(name, address);
        if (displayName.isBlank()) {
            return add(name, address);
        }
        return addLines(name, phrase(displayName) + "\r\n <" + address + ">");
    }

    /** The lines so far; ASCII, but for addresses that are not (RFC 6532). */
    @Override
    public String toString() {
        return text.toString();
    }

    private MailHeaders addLines(String name, String value) {
        text.append(name).append(": ").append(value).append("\r\n");
        return this;
    }

    private static String phrase(String displayName) {
        return isPlain(displayName)
                ? '"' + displayName.replace("\\", "\\\\").replace("\"", "\\\"") + '"'
                : encoded(displayName);
    }

    /** Whether it may stand as it is: ASCII, short enough for one line, and nothing that looks encoded. */
    private static boolean isPlain(String value) {
        return value.length() <= LONGEST_PLAIN && value.chars().allMatch(c -> c < 127) && !value.contains("=?");
    }

    /**
     * Encoded words (RFC 2047), one a line. By hand, as the library asks the class path for its encoder each time, which
     * takes longer than all the rest of a mail.
     */
    private static String encoded(String value) {
        StringBuilder words = new StringBuilder(value.length() * 2);
        ByteArrayOutputStream word = new ByteArrayOutputStream(WORD);
        value.codePoints().forEach(c -> {
            byte[] bytes = Character.toString(c).getBytes(StandardCharsets.UTF_8);
            if (word.size() + bytes.length > WORD) {
                words.append(word(word)).append("\r\n ");
                word.reset();
            }
            word.writeBytes(bytes);
        });
        return words.append(word(word)).toString();
    }

    private static String word(ByteArrayOutputStream bytes) {
        return "=?UTF-8?B?" + Base64.getEncoder().encodeToString(bytes.toByteArray()) + "?=";
    }

    static String requireOneLine(String what, String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if ((c < ' ' && c != '\t') || c == 127 || c == '\u2028' || c == '\u2029' || c == '\u0085') {
                throw new IllegalArgumentException(what + " has a line break or control character in it");
            }
        }
        return value;
    }
}
