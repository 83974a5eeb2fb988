package io.perennial.accounts;

import com.nulabinc.zxcvbn.Strength;
import com.nulabinc.zxcvbn.Zxcvbn;
import io.perennial.accounts.StaffRuleException.Rule;
import io.perennial.kernel.EmailAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * What makes a password acceptable, by NIST SP 800-63B: length counts (12 to 128 characters), composition rules do not;
 * what is easily guessed, made of one's own name, or known from a breach is refused. Decision record 0105 has the
 * measures.
 */
@Component
class Passwords {

    static final int MIN_LENGTH = 12;
    static final int MAX_LENGTH = 128;

    /** Of zxcvbn's five: at least 10^8 guesses. */
    private static final int LEAST_SCORE = 3;

    /** Only so much is estimated: the time it takes grows faster than the text, and this much may be strong already. */
    private static final int ESTIMATED = 32;

    /** What must be left once the names are taken out. */
    private static final int OF_ONES_OWN = 8;

    private final Zxcvbn estimator = new Zxcvbn();
    private final BreachedPasswords breached;

    Passwords(BreachedPasswords breached) {
        this.breached = breached;
    }

    /**
     * @throws StaffRuleException with {@link Rule#WEAK_PASSWORD} or {@link Rule#BREACHED_PASSWORD}
     */
    void requireStrong(String password, EmailAddress email, String name) {
        if (password.length() < MIN_LENGTH || password.length() > MAX_LENGTH || isGuessable(password, email, name)) {
            throw new StaffRuleException(Rule.WEAK_PASSWORD);
        }
        if (breached.contain(password)) {
            throw new StaffRuleException(Rule.BREACHED_PASSWORD);
        }
    }

    private boolean isGuessable(String password, EmailAddress email, String name) {
        List<String> names = names(email, name);
        String rest = password.toLowerCase(Locale.ROOT);
        for (String each : names) {
            rest = rest.replace(each, "");
        }
        if (rest.length() < OF_ONES_OWN && rest.length() < password.length()) {
            return true;
        }
        Strength strength =
                estimator.measure(password.length() <= ESTIMATED ? password : password.substring(0, ESTIMATED), names);
        return strength.getScore() < LEAST_SCORE;
    }

    /** The words that somebody who knows the person tries first. */
    private static List<String> names(EmailAddress email, String name) {
        List<String> names = new ArrayList<>(List.of("perennial", email.value()));
        Stream.of(email.value().split("[@._+-]+"), name.toLowerCase(Locale.ROOT).split("\\s+"))
                .flatMap(Stream::of)
                .filter(word -> word.length() > 2)
                .forEach(names::add);
        return names;
    }
}
