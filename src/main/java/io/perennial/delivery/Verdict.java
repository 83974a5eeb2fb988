package io.perennial.delivery;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Who an open or a click probably came from, by simple known rules. Raw events are kept, so better rules can follow. */
enum Verdict {
    /** A person's mail program or browser. */
    HUMAN,
    /** A mailbox provider fetching images for a person who opens the mail (Gmail, Yahoo). */
    PROXY,
    /** A machine: a link scanner, a prefetching mailbox (Apple's names itself "Mozilla/5.0" and no more), a script. */
    SCANNER;

    private static final Pattern PROXIES = Pattern.compile("googleimageproxy|ggpht|yahoomailproxy");
    private static final Pattern MACHINES = Pattern.compile(
            "bot\\b|crawl|spider|scan|preview|headless|curl/|wget/|python|"
                    + "go-http-client|java/|okhttp|libwww|httpclient|axios|node-fetch|proofpoint|barracuda|mimecast|safelinks");

    static Verdict of(@Nullable String userAgent) {
        if (userAgent == null || userAgent.isBlank() || userAgent.strip().equals("Mozilla/5.0")) {
            return SCANNER;
        }
        String agent = userAgent.toLowerCase(Locale.ROOT);
        if (PROXIES.matcher(agent).find()) {
            return PROXY;
        }
        return MACHINES.matcher(agent).find() ? SCANNER : HUMAN;
    }
}
