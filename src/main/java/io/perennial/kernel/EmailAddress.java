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
        String trimmed = text.strip().toLowerCase(Locale.ROOT);
        return isValid(trimmed) ? Optional.of(new EmailAddress(trimmed)) : Optional.empty();
    }

    /** The part after the @, lower case. */
    public String domain() {
        return value.substring(value.lastIndexOf('@') + 1);
    }

    private static boolean isValid(String text) {
        return text.length() <= 254
                && text.chars().noneMatch(c -> c < 33 || c == 127 || c == '<' || c == '>')
                && VALIDATOR.isValid(text);
    }

    @Override
    public String toString() {
        return value;
    }
}
