package io.perennial.shell;

import com.ibm.icu.util.Region;
import com.ibm.icu.util.ULocale;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The console speaks English, but writes dates, times and numbers as they are written where its reader lives: the first
 * region that the browser asks for.
 */
final class ConsoleLocale {

    private static final Set<Locale> KNOWN = Set.of(Locale.getAvailableLocales());
    private static final Region EUROPE = Region.getInstance("150");
    private static final Locale EUROPEAN = Locale.of("en", "150");
    private static final Locale WORLDWIDE = Locale.of("en", "001");

    private ConsoleLocale() {}

    /**
     * @param wanted as the browser says, the best first
     */
    static Locale of(List<Locale> wanted) {
        return wanted.stream()
                .filter(locale -> !locale.getLanguage().isEmpty())
                .findFirst()
                .map(ConsoleLocale::region)
                .filter(region -> !region.isEmpty())
                .map(ConsoleLocale::english)
                .orElse(Locale.ENGLISH);
    }

    /** Where it names none, that in which most people of the language live; for English alone, none. */
    private static String region(Locale locale) {
        if (!locale.getCountry().isEmpty() || locale.getLanguage().equals("en")) {
            return locale.getCountry();
        }
        return ULocale.addLikelySubtags(ULocale.forLocale(locale)).getCountry();
    }

    private static Locale english(String region) {
        Locale exact = Locale.of("en", region);
        if (KNOWN.contains(exact)) {
            return exact;
        }
        try {
            return EUROPE.contains(Region.getInstance(region)) ? EUROPEAN : WORLDWIDE;
        } catch (IllegalArgumentException e) {
            return WORLDWIDE; // a region that nobody knows: anybody may send a header
        }
    }
}
