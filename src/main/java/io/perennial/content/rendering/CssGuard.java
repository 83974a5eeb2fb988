package io.perennial.content.rendering;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Keeps CSS from loading or running anything but pictures over http(s). */
final class CssGuard {

    private static final Pattern IMPORT =
            Pattern.compile("@(import|charset|namespace)[^;]*;?", Pattern.CASE_INSENSITIVE);
    private static final Pattern URL = Pattern.compile("url\\s*\\(([^)]*)\\)?", Pattern.CASE_INSENSITIVE);
    private static final Pattern COMMENT = Pattern.compile("/\\*.*?(\\*/|$)", Pattern.DOTALL);
    private static final Pattern DANGEROUS = Pattern.compile(
            "expression\\s*\\(|javascript:|vbscript:|behaviou?r\\s*:|-moz-binding", Pattern.CASE_INSENSITIVE);

    private CssGuard() {}

    /** A style sheet or a style attribute without what is not allowed; empty where it is past repair. */
    static String clean(String css) {
        // Escapes and comments only serve to hide words from a check like this one.
        String plain = COMMENT.matcher(css).replaceAll(" ").replace("\\", "").replace("<", "");
        plain = IMPORT.matcher(plain).replaceAll("");
        Matcher urls = URL.matcher(plain);
        StringBuilder out = new StringBuilder(plain.length());
        while (urls.find()) {
            String target = urls.group(1).strip().replaceAll("^[\"']|[\"']$", "");
            boolean fine = target.toLowerCase(Locale.ROOT).startsWith("https://")
                    || target.toLowerCase(Locale.ROOT).startsWith("http://")
                    || Placeholders.occursIn(target);
            urls.appendReplacement(out, Matcher.quoteReplacement(fine ? urls.group() : "none"));
        }
        plain = urls.appendTail(out).toString();
        return DANGEROUS.matcher(plain.replaceAll("\\s+", " ")).find() ? "" : plain;
    }

    /** Data inside CSS: a colour, a length or a word, nothing that ends the declaration. */
    static String value(String text) {
        String kept = text.replaceAll("[^\\p{L}\\p{N} #%.,_:/?=&+-]", "");
        return UrlGuard.isSafe(kept) || !kept.contains(":") ? kept : "";
    }
}
