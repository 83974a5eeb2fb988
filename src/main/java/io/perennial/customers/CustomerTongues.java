package io.perennial.customers;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The languages in which pages and mails for customers are written. */
public final class CustomerTongues {

    /** In the order in which they are offered. */
    public static final List<String> WRITTEN = List.of("en", "cs", "de", "hr", "pl", "vi");

    private CustomerTongues() {}

    /** The language itself where it is written, else the other one, else English. */
    public static Locale written(@Nullable String own, Locale other) {
        Locale wished = own == null ? other : Locale.forLanguageTag(own.replace('_', '-'));
        if (WRITTEN.contains(wished.getLanguage())) {
            return Locale.of(wished.getLanguage());
        }
        return WRITTEN.contains(other.getLanguage()) ? Locale.of(other.getLanguage()) : Locale.ENGLISH;
    }

    /** Its name in itself: "čeština". */
    public static String nameOf(String language) {
        Locale locale = Locale.of(language);
        String name = locale.getDisplayLanguage(locale);
        return name.substring(0, 1).toUpperCase(locale) + name.substring(1);
    }
}
