package io.perennial.content.rendering;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lets through only addresses that cannot run anything: http, https, mailto, tel, cid, and places on the same page. */
final class UrlGuard {

    private static final Set<String> ATTRIBUTES =
            Set.of("href", "src", "background", "background-url", "action", "cite");
    private static final Set<String> SCHEMES = Set.of("http", "https", "mailto", "tel", "sms", "cid");
    private static final Pattern SCHEME = Pattern.compile("^([a-zA-Z][a-zA-Z0-9+.-]*):");

    private UrlGuard() {}

    static boolean isUrlAttribute(String name) {
        return ATTRIBUTES.contains(name);
    }

    static boolean isSafe(String url) {
        if (url.startsWith("https://") || url.startsWith("http://")) {
            return true; // nearly all
        }
        // Browsers skip control characters and white space inside a scheme, so "java\nscript:" is javascript.
        String plain = url.replaceAll("[\\p{Cntrl}\\s\\p{Z}]", "");
        if (plain.isEmpty() || plain.startsWith("#") || plain.startsWith("//")) {
            return true;
        }
        Matcher scheme = SCHEME.matcher(plain);
        return scheme.find() && SCHEMES.contains(scheme.group(1).toLowerCase(Locale.ROOT));
    }

    /** The address as it may stand in an attribute, before HTML escaping; {@code #} in place of a dangerous one. */
    static String guard(String url) {
        String trimmed = url.strip();
        if (!isSafe(trimmed)) {
            return "#";
        }
        StringBuilder out = new StringBuilder(trimmed.length());
        for (int i = 0; i < trimmed.length(); i++) {
            char c = trimmed.charAt(i);
            switch (c) {
                case ' ' -> out.append("%20");
                case '"' -> out.append("%22");
                case '\'' -> out.append("%27");
                case '<' -> out.append("%3C");
                case '>' -> out.append("%3E");
                case '`' -> out.append("%60");
                case '\\' -> out.append("%5C");
                default -> {
                    if (!Character.isISOControl(c)) {
                        out.append(c);
                    }
                }
            }
        }
        return out.toString();
    }
}
