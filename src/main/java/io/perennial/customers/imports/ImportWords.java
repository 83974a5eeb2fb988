package io.perennial.customers.imports;

import java.text.Normalizer;
import java.util.Locale;

/** Words of spreadsheets and their headers, compared without case, accents and signs. */
public final class ImportWords {

    private ImportWords() {}

    public static String plain(String text) {
        return Normalizer.normalize(
                        text.replace('ł', 'l')
                                .replace('Ł', 'L')
                                .replace('đ', 'd')
                                .replace('Đ', 'd'),
                        Normalizer.Form.NFD)
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]", "");
    }
}
