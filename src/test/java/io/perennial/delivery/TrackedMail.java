package io.perennial.delivery;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.web.util.HtmlUtils;

/**
 * The plain way, by regular expressions over the whole text, which {@link MailPress} must equal. Tracking in one mail: links to the web go through ours, and a pixel ends the HTML. Our own links, {@code mailto:},
 * {@code tel:} and anchors stay.
 */
final class TrackedMail {

    /** From the {@code <} of a link's tag to the end of its address. */
    private static final Pattern ANCHOR = Pattern.compile(
            "(<a(?:rea)?\\s(?:[^>]*?\\s)??href\\s*=\\s*)(?:\"([^\"]*)\"|'([^']*)')", Pattern.CASE_INSENSITIVE);

    private static final Pattern PLAIN = Pattern.compile("https?://[^\\s<>\"'()\\[\\]]+");
    private static final int LONGEST_URL = 4000;

    private final CustomerLinks links;
    private final Run run;
    private final long message;
    private final Map<String, String> tracked = new HashMap<>();
    private final Map<Long, String> found;

    /**
     * @param found receives each link by its number
     */
    TrackedMail(CustomerLinks links, Run run, long message, Map<Long, String> found) {
        this.links = links;
        this.run = run;
        this.message = message;
        this.found = found;
    }

    String html(String html) {
        Matcher matcher = ANCHOR.matcher(html);
        StringBuilder out = new StringBuilder(html.length() + 1024);
        int copied = 0;
        // Searching for the tag's first characters by hand is ten times as fast as letting the expression do it.
        for (int at = html.indexOf('<'); at >= 0; at = html.indexOf('<', at + 1)) {
            if (!beginsLink(html, at) || !matcher.region(at, html.length()).lookingAt()) {
                continue;
            }
            String raw = matcher.group(2) != null ? matcher.group(2) : matcher.group(3);
            String url = HtmlUtils.htmlUnescape(raw).strip();
            if (isTrackable(url)) {
                String link = track(url);
                String before = matcher.group(1);
                out.append(html, copied, at).append(before);
                out.append('"').append(link).append('"');
                copied = matcher.end();
            }
            at = matcher.end() - 1; // a "<" within what was matched begins nothing
        }
        out.append(html, copied, html.length());
        String pixel = "<img src=\"" + links.open(run.tenant(), message)
                + "\" width=\"1\" height=\"1\" alt=\"\" style=\"display:block;width:1px;height:1px;border:0\">";
        int end = lastBodyEnd(out);
        return end < 0 ? out.append(pixel).toString() : out.insert(end, pixel).toString();
    }

    String text(String text) {
        return PLAIN.matcher(text).replaceAll(match -> {
            String url = match.group();
            int end = url.length();
            while (end > 0 && ".,;:!?".indexOf(url.charAt(end - 1)) >= 0) {
                end--;
            }
            String link = url.substring(0, end);
            return Matcher.quoteReplacement(isTrackable(link) ? track(link) + url.substring(end) : url);
        });
    }

    private boolean isTrackable(String url) {
        return url.length() <= LONGEST_URL
                && (url.regionMatches(true, 0, "https://", 0, 8) || url.regionMatches(true, 0, "http://", 0, 7))
                && !links.isOwn(url);
    }

    private String track(String url) {
        return tracked.computeIfAbsent(url, u -> {
            long link = RunLinks.number(u);
            found.put(link, u);
            return links.click(run.tenant(), message, link);
        });
    }

    private static boolean beginsLink(String html, int at) {
        return at + 1 < html.length() && (html.charAt(at + 1) | 0x20) == 'a';
    }

    private static int lastBodyEnd(StringBuilder html) {
        int end = html.lastIndexOf("</body>");
        return end >= 0 ? end : html.toString().toLowerCase(Locale.ROOT).lastIndexOf("</body>");
    }
}
