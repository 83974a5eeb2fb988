package io.perennial.accounts;

import io.perennial.accounts.StaffRuleException.Rule;
import io.perennial.kernel.EmailAddress;
import java.util.Locale;
import java.util.Set;

/**
 * What makes a password acceptable, by NIST SP 800-63B: length counts (12 to 128 characters), composition rules do not;
 * the well-known and the ones made of one's own name are refused.
 */
final class Passwords {

    static final int MIN_LENGTH = 12;
    static final int MAX_LENGTH = 128;

    private static final Set<String> WELL_KNOWN = Set.of(
            "password1234",
            "123456789012",
            "1234567890123",
            "qwertyuiop12",
            "qwertyuiopas",
            "passwordpassword",
            "letmeinletmein",
            "iloveyouiloveyou",
            "administrator",
            "administrator1",
            "changemechangeme");

    private Passwords() {}

    /**
     * @throws StaffRuleException with {@link Rule#WEAK_PASSWORD}
     */
    static void requireStrong(String password, EmailAddress email, String name) {
        String lower = password.toLowerCase(Locale.ROOT);
        long different = password.chars().distinct().count();
        if (password.length() < MIN_LENGTH
                || password.length() > MAX_LENGTH
                || different < 5
                || WELL_KNOWN.contains(lower)
                || lower.equals(email.value())
                || lower.equals(name.toLowerCase(Locale.ROOT))) {
            throw new StaffRuleException(Rule.WEAK_PASSWORD);
        }
    }
}
