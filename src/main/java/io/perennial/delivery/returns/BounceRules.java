package io.perennial.delivery.returns;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a failure means, by its enhanced code (RFC 3463) and, where that says little, by the words that servers use. In
 * doubt a failure is {@link ReturnKind#SOFT}: counted, and not the end of an address by itself.
 */
final class BounceRules {

    private static final Pattern ENHANCED = Pattern.compile("(?<![\\d.])([245]\\.\\d{1,3}\\.\\d{1,3})(?![\\d.]*\\d)");
    private static final Pattern REPLY = Pattern.compile("(?<![\\d.])([45])[0-5]\\d(?:[ -]|$)");

    private static final Pattern NOBODY =
            words("user unknown|unknown user|no such (?:user|mailbox|address|recipient|person"
                    + "|account|domain)|no mailbox|mailbox (?:not found|unavailable|unknown|is disabled|disabled)"
                    + "|(?:does|do)(?: not|n't) (?:exist|have an? \\S+ account)|no longer (?:exists|available|in use|valid)"
                    + "|(?:recipient|address|user|account|mailbox) (?:was )?(?:not found|unknown|is unknown|is invalid)"
                    + "|unknown (?:recipient|address|mailbox|local)|invalid (?:recipient|mailbox|address|user)"
                    + "|recipient address rejected: (?:access denied|user unknown|undeliverable)|address rejected"
                    + "|account (?:that you tried to reach )?(?:has been |is )?(?:disabled|deactivated|deleted|closed|inactive)"
                    + "|not a (?:valid|known) (?:mailbox|recipient|user|address)|unrouteable address|unroutable address"
                    + "|(?:host|domain|host or domain name) (?:name )?(?:was )?not found|domain does not exist|nxdomain|nullmx"
                    + "|benutzer unbekannt|empfänger unbekannt|schránka neexistuje|neexistující");
    private static final Pattern UNWANTED = words(
            "spam|block(?:ed|list)|black ?list|reputation|polic(?:y|ies)|dmarc|\\bspf\\b"
                    + "|\\bdkim\\b|unauthenticated|unsolicited|content (?:rejected|not acceptable)|virus|malware|relay(?:ing)? "
                    + "(?:access )?denied|not (?:allowed|permitted|authorized)|message (?:size|too large|is too large)|too large"
                    + "|exceeds? (?:the )?(?:size|maximum)|sender (?:address )?(?:rejected|denied)|prohibited|access denied");
    private static final Pattern PASSING = words("quota|mailbox (?:is )?full|full mailbox|insufficient (?:disk|storage"
            + "|system)|out of storage|storage space|try again|try later|temporar|gr[ae]ylist|rate (?:limit|that)|too many"
            + "|timed? ?-?out|connection (?:refused|reset|lost)|expired|retry time|delivery attempts|not been able to"
            + "|overloaded|resources");

    private BounceRules() {}

    private static Pattern words(String alternatives) {
        return Pattern.compile(alternatives, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    }

    /**
     * What a failure means.
     *
     * @param status as reported; the one in the words counts where this is vague
     */
    static ReturnKind kindOf(String status, String words) {
        String[] code = status.isEmpty() ? new String[] {"5", "0", "0"} : status.split("\\.");
        boolean passing = code[0].equals("4");
        ReturnKind vague = passing ? ReturnKind.SOFT : byWords(words);
        if (code[0].equals("2")) {
            return ReturnKind.DELIVERED;
        }
        return switch (code[1]) {
            case "1" ->
                switch (code[2]) {
                    case "1", "2", "3", "6", "10" -> passing ? ReturnKind.SOFT : ReturnKind.HARD;
                    case "7", "8", "9" -> ReturnKind.OWN_FAULT;
                    default -> vague;
                };
            case "2" ->
                switch (code[2]) {
                    case "1" -> passing || PASSING.matcher(words).find() ? ReturnKind.SOFT : ReturnKind.HARD;
                    case "2", "4" -> ReturnKind.SOFT;
                    case "3" -> ReturnKind.OWN_FAULT;
                    default -> vague;
                };
            case "3" -> code[2].equals("4") ? ReturnKind.OWN_FAULT : vague;
            case "4" ->
                switch (code[2]) {
                    case "4", "310", "312" -> passing ? ReturnKind.SOFT : ReturnKind.HARD;
                    case "7", "300", "316" -> ReturnKind.SOFT;
                    default -> vague;
                };
            case "6", "7" -> ReturnKind.OWN_FAULT;
            default -> vague;
        };
    }

    private static ReturnKind byWords(String words) {
        if (NOBODY.matcher(words).find()) {
            return ReturnKind.HARD;
        }
        if (PASSING.matcher(words).find()) {
            return ReturnKind.SOFT;
        }
        return UNWANTED.matcher(words).find() ? ReturnKind.OWN_FAULT : ReturnKind.SOFT;
    }

    /** The enhanced code of a recipient: what was reported, or what stands in the words where that says nothing (x.0.0). */
    static String status(String reported, String words) {
        Matcher given = ENHANCED.matcher(reported);
        String status = given.find() ? given.group(1) : "";
        if (!status.isEmpty() && !status.endsWith(".0.0")) {
            return status;
        }
        Matcher said = ENHANCED.matcher(words);
        while (said.find()) {
            if (!said.group(1).endsWith(".0.0")
                    && (status.isEmpty() || said.group(1).charAt(0) == status.charAt(0))) {
                return said.group(1);
            }
        }
        if (!status.isEmpty()) {
            return status;
        }
        Matcher reply = REPLY.matcher(words);
        return reply.find() ? reply.group(1) + ".0.0" : "";
    }

    /** Whether words tell of a failure at all. */
    static boolean saysSomething(String words) {
        return !status("", words).isEmpty()
                || NOBODY.matcher(words).find()
                || PASSING.matcher(words.toLowerCase(Locale.ROOT)).find();
    }
}
