package io.perennial.accounts;

import io.perennial.kernel.EmailAddress;
import io.perennial.uikit.MessageBundles;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.springframework.stereotype.Component;

/** The mails to who wants to found a business, in the first language of their browser that we have. */
@Component
class FoundingMails {

    private static final Set<String> LANGUAGES = Set.of("cs", "de", "en", "hr", "pl", "vi");

    private final StaffMails mails;

    FoundingMails(StaffMails mails) {
        this.mails = mails;
    }

    static Locale language(List<Locale> wanted) {
        return wanted.stream()
                .map(Locale::getLanguage)
                .filter(LANGUAGES::contains)
                .findFirst()
                .map(Locale::of)
                .orElse(Locale.ENGLISH);
    }

    void sendLink(EmailAddress to, String token, Locale language) {
        mails.sendSoon(new StaffMail(
                to,
                word("subject", language),
                word("title", language),
                List.of(word("text", language), word("until", language, Foundings.HOLDS.toHours())),
                word("button", language),
                "sign-up/" + token,
                word("closing", language),
                language));
    }

    /** To who has an account: what they asked for is one sign-in away. */
    void sendKnown(EmailAddress to, Locale language) {
        mails.sendSoon(new StaffMail(
                to,
                word("known_subject", language),
                word("known_title", language),
                List.of(word("known_text", language), word("known_forgot", language)),
                word("known_button", language),
                "businesses/new",
                word("closing", language),
                language));
    }

    private static String word(String key, Locale language, Object... values) {
        return MessageBundles.text("signup.mail." + key, language, values);
    }
}
