package io.perennial.uikit;

import com.vaadin.flow.component.UI;
import java.util.Locale;
import java.util.Optional;

/** Short ways to the console's words, in the language of the current user. */
public final class Texts {

    private Texts() {}

    /** The text of {@code key} with its arguments put in by ICU's rules. */
    public static String t(String key, Object... params) {
        return MessageBundles.text(key, locale(), params);
    }

    /** The current user's language; English where there is no page (jobs, mails to staff). */
    public static Locale locale() {
        return Optional.ofNullable(UI.getCurrent()).map(UI::getLocale).orElse(Locale.ENGLISH);
    }
}
