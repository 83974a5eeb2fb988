package io.perennial.segments;

import io.perennial.uikit.Texts;
import java.util.Locale;

/** Countries and languages by their codes, in the console's language. */
final class Regions {

    private Regions() {}

    static String country(String code) {
        String name = Locale.of("", code).getDisplayCountry(Texts.locale());
        return name.isBlank() ? code : name;
    }

    static String language(String tag) {
        String name = Locale.forLanguageTag(tag).getDisplayName(Texts.locale());
        return name.isBlank() ? tag : name;
    }
}
