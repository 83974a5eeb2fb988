package io.perennial.customers.imports;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Countries by their ISO codes and by their names in the languages of our headers. */
final class Countries {

    private static final Map<String, String> CODES = codes();

    private Countries() {}

    /** The ISO 3166 alpha-2 code, or nothing where no country is called so. */
    static @Nullable String code(String text) {
        return CODES.get(ImportWords.plain(text));
    }

    private static Map<String, String> codes() {
        Map<String, String> codes = new HashMap<>();
        List<Locale> languages = List.of(
                Locale.ENGLISH, Locale.GERMAN, Locale.FRENCH, Locale.of("cs"), Locale.of("pl"), Locale.of("sk"));
        for (String code : Locale.getISOCountries()) {
            Locale country = Locale.of("", code);
            codes.put(code.toLowerCase(Locale.ROOT), code);
            codes.putIfAbsent(country.getISO3Country().toLowerCase(Locale.ROOT), code);
            languages.forEach(l -> codes.putIfAbsent(ImportWords.plain(country.getDisplayCountry(l)), code));
        }
        codes.putIfAbsent("uk", "GB");
        codes.putIfAbsent("ceskarepublika", "CZ");
        codes.putIfAbsent("czechrepublic", "CZ");
        codes.putIfAbsent("cr", "CZ");
        codes.remove("");
        return Map.copyOf(codes);
    }
}
