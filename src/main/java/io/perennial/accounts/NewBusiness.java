package io.perennial.accounts;

import com.ibm.icu.util.TimeZone;
import com.ibm.icu.util.ULocale;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How a business begins, guessed from what its founder's browser says; the founder is asked afterwards. Nothing here is
 * trusted: anybody may send anything as a language or a zone.
 *
 * @param country ISO 3166 alpha-2
 */
public record NewBusiness(String country, Locale locale, ZoneId zone, Currency currency) {

    /** The languages that customers can be written to in. */
    private static final Set<String> LANGUAGES = Set.of("cs", "en", "hr", "pl", "vi");

    private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());

    /**
     * By the languages that a browser asks for, the best first.
     *
     * @param otherwise where they say nothing
     */
    static NewBusiness of(List<Locale> wanted, NewBusiness otherwise) {
        return wanted.stream()
                .map(NewBusiness::country)
                .flatMap(Optional::stream)
                .findFirst()
                .map(country -> of(country, language(wanted, country), zoneOf(country), otherwise))
                .orElse(otherwise);
    }

    /**
     * Where the clock of the founder's browser stands, which says more than its languages.
     *
     * @param zone as the browser names it
     * @return empty if it names none that there is, or one of no country
     */
    public static Optional<NewBusiness> in(String zone, Locale locale) {
        try {
            ZoneId id = ZoneId.of(zone);
            String country = TimeZone.getRegion(zone);
            return COUNTRIES.contains(country)
                    ? Optional.of(new NewBusiness(
                            country,
                            locale.getLanguage().equals("en") || !LANGUAGES.contains(locale.getLanguage())
                                    ? languageOf(country)
                                    : locale,
                            id,
                            currencyOf(country).orElseGet(() -> Currency.getInstance("EUR"))))
                    : Optional.empty();
        } catch (DateTimeException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static NewBusiness of(String country, Locale locale, @Nullable ZoneId zone, NewBusiness otherwise) {
        return new NewBusiness(
                country,
                locale,
                zone == null ? otherwise.zone() : zone,
                currencyOf(country).orElse(otherwise.currency()));
    }

    /** Of English alone nobody can tell where it is spoken. */
    private static Optional<String> country(Locale wanted) {
        String country = !wanted.getCountry().isEmpty() || wanted.getLanguage().equals("en")
                ? wanted.getCountry()
                : ULocale.addLikelySubtags(ULocale.forLocale(wanted)).getCountry();
        return Optional.of(country).filter(COUNTRIES::contains);
    }

    private static Locale language(List<Locale> wanted, String country) {
        return wanted.stream()
                .filter(locale -> LANGUAGES.contains(locale.getLanguage()))
                .findFirst()
                .map(locale -> withCountry(locale.getLanguage(), country))
                .orElseGet(() -> languageOf(country));
    }

    private static Locale languageOf(String country) {
        String most = ULocale.addLikelySubtags(new ULocale("und", country)).getLanguage();
        return withCountry(LANGUAGES.contains(most) ? most : "en", country);
    }

    /** With a country that writes that language, so that dates are written as its readers do. */
    private static Locale withCountry(String language, String country) {
        Set<String> writers = Set.of(Locale.getAvailableLocales()).stream()
                .filter(locale -> locale.getLanguage().equals(language))
                .map(Locale::getCountry)
                .collect(Collectors.toSet());
        if (!language.equals("en") && writers.contains(country)) {
            return Locale.of(language, country);
        }
        return switch (language) {
            case "cs" -> Locale.of("cs", "CZ");
            case "hr" -> Locale.of("hr", "HR");
            case "pl" -> Locale.of("pl", "PL");
            case "vi" -> Locale.of("vi", "VN");
            default -> "US".equals(country) ? Locale.US : Locale.UK;
        };
    }

    private static Optional<Currency> currencyOf(String country) {
        return Optional.ofNullable(Currency.getInstance(Locale.of("", country)));
    }

    /** Of a country with one zone; where there are several, the browser's own is asked for later. */
    private static @Nullable ZoneId zoneOf(String country) {
        Set<String> zones = TimeZone.getAvailableIDs(TimeZone.SystemTimeZoneType.CANONICAL_LOCATION, country, null);
        return zones.size() == 1 ? ZoneId.of(zones.iterator().next()) : null;
    }
}
