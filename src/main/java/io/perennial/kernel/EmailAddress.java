package io.perennial.kernel;

import com.sanctionco.jmail.EmailValidator;
import com.sanctionco.jmail.JMail;
import java.util.Locale;
import java.util.Optional;

/**
 * An e-mail address as used for sending and as a key: trimmed, domain and local part in lower case.
 *
 * @param value at most 254 characters, with a domain that has a dot; no comments, no quoted local part, no IP literal
 */
public record EmailAddress(String value) {

    private static final EmailValidator VALIDATOR =
            JMail.strictValidator().requireTopLevelDomain().disallowQuotedIdentifiers();

    public EmailAddress {
        value = value.strip().toLowerCase(Locale.ROOT);
        if (!isValid(value)) {
            throw new IllegalArgumentException("Not an e-mail address: " + value);
        }
    }

    /** The address in {@code text}, or empty where it is none. */
    public static Optional<EmailAddress> parse(String text) {
        try {
            return Optional.of(new EmailAddress(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The part after the @, lower case. */
    public String domain() {
        return value.substring(value.lastIndexOf('@') + 1);
    }

    private static boolean isValid(String text) {
        return isPlain(text)
                || (text.length() <= 254
                        && text.chars().noneMatch(c -> c < 33 || c == 127 || c == '<' || c == '>')
                        && VALIDATOR.isValid(text));
    }

    /** Whether it is made of what nearly all are made of, so that there is nothing to look at closely. */
    static boolean isPlain(String text) {
        int at = text.indexOf('@');
        int dot = text.lastIndexOf('.');
        if (at < 1 || at > 64 || text.length() > 200 || dot < at + 2 || dot > text.length() - 3) {
            return false;
        }
        char before = '.'; // as if one had just ended: no part may be empty
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean letter = c >= 'a' && c <= 'z';
            boolean inside = letter || (c >= '0' && c <= '9' && i < dot) || (c == '_' && i < at);
            boolean between = i == at || (i <= dot && c == '.') || (c == '-' && i < dot);
            if (!inside && !(between && before != '.' && before != '-' && before != '@')) {
                return false;
            }
            before = c;
        }
        return text.length() - at <= 60; // shorter than the longest name of a domain
    }

    @Override
    public String toString() {
        return value;
    }
}
