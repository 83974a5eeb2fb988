package io.perennial.content.rendering;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Stands in for Liquid while MJML and HTML are worked on, and puts it back at the end. Private-use characters mark a
 * placeholder; {@link #strip} takes them out of what people write, so none can be forged.
 */
final class Placeholders {

    private static final char OPEN = '\uE000';
    private static final char CLOSE = '\uE001';
    static final Pattern PATTERN = Pattern.compile(OPEN + "(\\d+)" + CLOSE);

    /** A placeholder that passed through a table, where only a comment keeps its place, or stands alone. */
    private static final Pattern ANY =
            Pattern.compile("<!--" + OPEN + "(\\d+)" + CLOSE + "-->|" + OPEN + "(\\d+)" + CLOSE);

    private final List<String> sources = new ArrayList<>();

    static String strip(String text) {
        return text.replaceAll("[\uE000-\uE004\u0000]", "");
    }

    /** A new placeholder for {@code liquid}. */
    String hold(String liquid) {
        sources.add(liquid);
        return text(sources.size() - 1);
    }

    static String text(int number) {
        return "" + OPEN + number + CLOSE;
    }

    static boolean isOne(String text) {
        return PATTERN.matcher(text).matches();
    }

    static boolean occursIn(String text) {
        return text.indexOf(OPEN) >= 0;
    }

    String source(int number) {
        return sources.get(number);
    }

    /** Puts the Liquid back. */
    String restore(String text) {
        return replace(text, n -> sources.get(n));
    }

    /** The text without any Liquid. */
    static String without(String text) {
        return replace(text, n -> "");
    }

    /** Replaces each placeholder by what {@code replacement} makes of its number. */
    static String replace(String text, java.util.function.IntFunction<String> replacement) {
        Matcher matcher = ANY.matcher(text);
        StringBuilder out = new StringBuilder(text.length());
        while (matcher.find()) {
            String number = matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
            matcher.appendReplacement(out, Matcher.quoteReplacement(replacement.apply(Integer.parseInt(number))));
        }
        return matcher.appendTail(out).toString();
    }
}
