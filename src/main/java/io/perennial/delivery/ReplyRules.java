package io.perennial.delivery;

import io.perennial.delivery.Answer.Kind;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a refusal means, by its code, its enhanced code (RFC 3463) and, only where servers give none or a hollow one, its
 * words. In doubt nobody is suppressed: a customer lost by a misread reply is lost without a trace, a mail sent in vain
 * once more is counted.
 */
final class ReplyRules {

    /** 5.1.1 and 5.1.10 (no such mailbox, domain takes no mail), 5.1.2 (no such domain), 5.1.6 (moved away). */
    private static final Set<String> NOBODY = Set.of("5.1.1", "5.1.2", "5.1.6", "5.1.10");

    /**
     * What every mail of the run shares is refused: the sender's address or domain (5.1.7, 5.1.8), the size of the mail
     * (5.3.4), the sender's quota at Gmail (5.4.5).
     */
    private static final Set<String> SENDER = Set.of("5.1.7", "5.1.8", "5.3.4", "5.4.5");

    /**
     * Codes of the 5.7 group that speak of one recipient's own rules, not of the sender: closed lists (5.7.2), senders
     * outside an organisation (5.7.124 to 5.7.136 of Exchange).
     */
    private static final Set<String> RECIPIENTS_OWN_RULES =
            Set.of("5.7.2", "5.7.124", "5.7.129", "5.7.132", "5.7.133", "5.7.134", "5.7.135", "5.7.136");

    /** Enhanced codes that say nothing: for these, as for none, the words decide. */
    private static final Set<String> HOLLOW = Set.of("", "5.0.0", "5.1.0", "5.5.0");

    private static final Pattern SIGN_IN = Pattern.compile("^53[0458]");

    private static final Pattern NOBODY_IN_WORDS =
            words("user unknown|unknown user|no such (user|mailbox|recipient|person)"
                    + "|unknown (recipient|mailbox|local part)|(user|mailbox|recipient|account|address) (was )?not found"
                    + "|(user|mailbox|recipient|account|address) (does not|doesn't) exist|no mailbox (here )?by that name"
                    + "|doesn't have an? \\S+ account|unrouteable address|mailbox unavailable|no mailbox found");

    private static final Pattern SENDER_IN_WORDS = words(
            "sender (address )?(rejected|denied|refused)|bad outbound sender|blocked (using|by)|blacklist|blocklist"
                    + "|spamhaus|(ip|host|server) .{0,40}(blocked|listed)|relay(ing)? (access )?denied|reputation");

    private static final Pattern RECIPIENT_IN_WORDS = words("recipient address rejected|recipient not authorized");

    private ReplyRules() {}

    private static Pattern words(String alternatives) {
        return Pattern.compile("\\b(" + alternatives + ")\\b", Pattern.CASE_INSENSITIVE);
    }

    /** The meaning of a 5xx reply. */
    static Kind ofRefusal(int code, String enhanced, String text) {
        if (SIGN_IN.matcher(Integer.toString(code)).find()) {
            return Kind.SIGN_IN_REFUSED;
        }
        if (NOBODY.contains(enhanced)) {
            return Kind.NO_SUCH_MAILBOX;
        }
        if (SENDER.contains(enhanced)) {
            return Kind.SENDER_REFUSED;
        }
        if (enhanced.startsWith("5.7.")) {
            boolean theirs = RECIPIENTS_OWN_RULES.contains(enhanced)
                    || RECIPIENT_IN_WORDS.matcher(text).find();
            return theirs ? Kind.REFUSED : Kind.SENDER_REFUSED;
        }
        if (HOLLOW.contains(enhanced)) {
            if (SENDER_IN_WORDS.matcher(text).find()) {
                return Kind.SENDER_REFUSED;
            }
            if (code != 552 && NOBODY_IN_WORDS.matcher(text).find()) {
                return Kind.NO_SUCH_MAILBOX;
            }
        }
        return Kind.REFUSED;
    }
}
