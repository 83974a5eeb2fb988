package io.perennial.customers.imports;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Whether a number format shows a number as a moment. */
enum DateStyle {
    NONE,
    DATE,
    DATE_AND_TIME,
    TIME;

    /**
     * What a format shows.
     *
     * @param id built-in ones have no code (ECMA-376, 18.8.30)
     * @param code such as {@code d.m.yyyy h:mm}
     */
    static DateStyle of(int id, @Nullable String code) {
        if (code == null) {
            return switch (id) {
                case 14, 15, 16, 17, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58 -> DATE;
                case 18, 19, 20, 21, 32, 33, 34, 35, 45, 46, 47, 55, 56 -> TIME;
                case 22 -> DATE_AND_TIME;
                default -> NONE;
            };
        }
        String plain = code.length() > 255 ? "" : letters(code);
        boolean day = plain.indexOf('y') >= 0 || plain.indexOf('d') >= 0;
        boolean time = plain.indexOf('h') >= 0 || plain.indexOf('s') >= 0;
        if (day) {
            return time ? DATE_AND_TIME : DATE;
        }
        return time ? TIME : plain.contains("m") ? DATE : NONE;
    }

    /** The format without literals, colours and conditions; a length of time such as [h]:mm is a number, no moment. */
    private static String letters(String code) {
        String first = code.replaceAll(";.*", "");
        return first.replaceAll("\"[^\"]*\"|\\\\.|_.|\\*.|\\[[^\\]]*\\]", "")
                .replaceAll("(?i)general|standard|am/pm|a/p", "")
                .toLowerCase(Locale.ROOT);
    }
}
