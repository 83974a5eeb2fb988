package io.perennial.delivery;

import java.util.HashMap;
import java.util.Map;
import org.springframework.web.util.HtmlUtils;

/**
 * The tracked addresses of one mail after another: links to the web go through ours; our own links, {@code mailto:},
 * {@code tel:} and anchors stay.
 */
final class Tracking {

    private static final int LONGEST_URL = 4000;

    private final Run run;
    private final CustomerLinks links;
    private final Map<Long, String> tracked = new HashMap<>();
    private long message;
    private Tracked kinds = Tracked.ALL;
    private Map<Long, String> found = Map.of();

    Tracking(Run run, CustomerLinks links) {
        this.run = run;
        this.links = links;
    }

    /** What was taken for an address in text, and the punctuation behind it that is none of it. */
    record Split(String link, String rest) {

        static Split of(String raw) {
            int end = raw.length();
            while (end > 0 && ".,;:!?".indexOf(raw.charAt(end - 1)) >= 0) {
                end--;
            }
            return new Split(raw.substring(0, end), raw.substring(end));
        }

        boolean isLink() {
            return link.length() > link.indexOf("//") + 2;
        }
    }

    /**
     * @param kinds what of this mail is tracked
     * @param found receives each link by its number
     */
    void begin(long message, Tracked kinds, Map<Long, String> found) {
        this.message = message;
        this.kinds = kinds;
        this.found = found;
        tracked.clear();
    }

    String inText(String raw) {
        Split split = Split.of(raw);
        return kinds.clicks() && split.isLink() && isTrackable(split.link()) ? track(split.link()) + split.rest() : raw;
    }

    String inHtml(String raw, char quote) {
        String url = HtmlUtils.htmlUnescape(raw).strip();
        return kinds.clicks() && isTrackable(url) ? '"' + track(url) + '"' : quote + raw + quote;
    }

    boolean tracksOpens() {
        return kinds.opens();
    }

    boolean tracksClicks() {
        return kinds.clicks();
    }

    String pixel() {
        return links.open(run.tenant(), message);
    }

    boolean isTrackable(String url) {
        return url.length() <= LONGEST_URL
                && (url.regionMatches(true, 0, "https://", 0, 8) || url.regionMatches(true, 0, "http://", 0, 7))
                && !links.isOwn(url);
    }

    private String track(String url) {
        return track(RunLinks.number(url), url);
    }

    /** The address that leads through ours, once for each link of a mail. */
    String track(long link, String url) {
        String known = tracked.get(link);
        if (known == null) {
            known = links.click(run.tenant(), message, link);
            tracked.put(link, known);
            found.put(link, url);
        }
        return known;
    }
}
