package io.perennial.uikit;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.Locale;

/** Whether a name fits what somebody typed, without regard to case and accents: "pra" and "kava" find "Káva v Praze". */
public final class Matching {

    private Matching() {}

    /** Each word typed begins a word of the name. */
    public static boolean fits(String name, String typed) {
        String[] words = plain(name).split("[^\\p{L}\\p{N}]+");
        return Arrays.stream(plain(typed).strip().split("\\s+"))
                .allMatch(part -> Arrays.stream(words).anyMatch(word -> word.startsWith(part)));
    }

    private static String plain(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFD)
                .replaceAll("\\p{M}+", "")
                .replace('ł', 'l')
                .replace('Ł', 'L')
                .replace('đ', 'd')
                .replace('Đ', 'D')
                .toLowerCase(Locale.ROOT);
    }
}
