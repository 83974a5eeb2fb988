package io.perennial.delivery;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What came of handing one message to a server.
 *
 * @param text what the server said, or what kept it from being asked
 */
record Answer(Kind kind, String text) {

    enum Kind {
        ACCEPTED,
        /** 4xx: try again later; this attempt counts. */
        LATER,
        /** Nobody has this address: 5.1.1 (RFC 3463: bad destination mailbox), 5.1.10 (domain takes no mail), their like. */
        NO_SUCH_MAILBOX,
        /** The server does not let us in (530, 534, 535, 538): nothing about the message at all. */
        SIGN_IN_REFUSED,
        /** The sender, or what all its mails share, is not welcome (5.7.x mostly): nothing about the customer. */
        SENDER_REFUSED,
        /** Any other 5xx. */
        REFUSED,
        /** No server to talk to (no connection, 421); the message was not handed over. */
        UNREACHABLE,
        /** The whole message was sent and nothing came back: the server may have it. */
        SILENT
    }

    private static final int LONGEST = 490;
    private static final Pattern SPACES = Pattern.compile("\\s+");
    private static final Pattern ENHANCED = Pattern.compile("^\\d{3}[ -]([245]\\.\\d{1,3}\\.\\d{1,3})\\b");

    Answer {
        text = SPACES.matcher(text).replaceAll(" ").strip();
        if (text.length() > LONGEST) {
            text = text.substring(0, LONGEST);
        }
    }

    /** Reads a reply of the server: its code and its text beginning with that code (RFC 5321, RFC 3463). */
    static Answer of(int code, String text) {
        return new Answer(kindOf(code, enhanced(text), text), text);
    }

    private static Kind kindOf(int code, String enhanced, String text) {
        if (code == 421) {
            return Kind.UNREACHABLE;
        }
        return switch (code / 100) {
            case 2 -> Kind.ACCEPTED;
            case 4 -> Kind.LATER;
            case 5 -> ReplyRules.ofRefusal(code, enhanced, text);
            default -> Kind.UNREACHABLE;
        };
    }

    private static String enhanced(String text) {
        Matcher matcher = ENHANCED.matcher(text);
        return matcher.find() ? matcher.group(1) : "";
    }
}
