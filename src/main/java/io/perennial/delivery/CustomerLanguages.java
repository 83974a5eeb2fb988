package io.perennial.delivery;

import io.perennial.customers.CustomerTongues;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The languages in which customers' pages are written: a file {@code i18n/delivery_xx.properties} for each. */
public final class CustomerLanguages {

    private static final List<String> WRITTEN = CustomerTongues.WRITTEN;

    private CustomerLanguages() {}

    /**
     * The customer's language where it is written, else the business's, else English.
     *
     * @param own a language tag, as imported: "cs-CZ", "pl_PL", "de"
     */
    static Locale of(@Nullable String own, Locale business) {
        return firstOf(
                own == null ? List.of(business) : List.of(Locale.forLanguageTag(own.replace('_', '-')), business));
    }

    static boolean isWritten(String language) {
        return WRITTEN.contains(language);
    }

    /** The first that is written, else English. */
    public static Locale firstOf(List<Locale> wished) {
        return wished.stream()
                .map(Locale::getLanguage)
                .filter(WRITTEN::contains)
                .findFirst()
                .map(Locale::of)
                .orElse(Locale.ENGLISH);
    }
}
