package io.perennial.delivery;

import io.perennial.delivery.MessageEvents.Kind;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.security.web.util.matcher.IpAddressMatcher;
import org.springframework.stereotype.Component;

/**
 * Tells people from machines by what is known of one visit: what it says of itself, where it comes from, and when. What
 * only several visits show is found by {@link ScannerTraces}.
 */
@Component
class VisitJudge {

    private static final Pattern PROXIES = Pattern.compile(
            "googleimageproxy|ggpht|yahoomailproxy|seznamemailproxy|seznam-emailproxy|mail\\.ru-?imageproxy");
    private static final Pattern MACHINES =
            Pattern.compile("bot\\b|crawl|spider|scan|preview|headless|phantomjs|selenium"
                    + "|puppeteer|playwright|curl/|wget/|python|go-http-client|java/|okhttp|libwww|httpclient|axios|node-fetch|ruby"
                    + "|proofpoint|barracuda|mimecast|safelinks|existence discovery|symantec|messagelabs|trend ?micro|fortinet"
                    + "|fortiguard|sophos|ironport|forcepoint|fireeye|trellix|zscaler|bitdefender|kaspersky|avast|virustotal|urlscan"
                    + "|cloudmark|vade|checkpoint|palo ?alto|censys|expanse|facebookexternalhit|whatsapp|telegram|slack|skypeuri"
                    + "|discord|embedly|iframely|outlook-link|monitor|uptime|validator");

    private final List<IpAddressMatcher> networks;

    VisitJudge(TrackingProperties properties) {
        this.networks =
                properties.machineNetworks().stream().map(IpAddressMatcher::new).toList();
    }

    Verdict judge(Kind kind, Visit visit, Visit.Moment moment) {
        boolean click = kind == Kind.CLICK;
        if (visit.head() || visit.prefetch() || comesFromMachines(visit.address())) {
            return Verdict.SCANNER;
        }
        Verdict named = byName(visit.userAgent(), click);
        if (named != Verdict.HUMAN) {
            return named;
        }
        return switch (moment) {
            case AT_ONCE -> Verdict.SCANNER;
            case WITHIN_SECONDS -> click ? Verdict.SCANNER : Verdict.HUMAN;
            case LATER -> Verdict.HUMAN;
        };
    }

    private static Verdict byName(@Nullable String userAgent, boolean click) {
        if (userAgent == null || userAgent.isBlank()) {
            return Verdict.SCANNER;
        }
        if (userAgent.strip().equals("Mozilla/5.0")) { // so much and no more: Apple's proxies
            return click ? Verdict.SCANNER : Verdict.PREFETCH;
        }
        String agent = userAgent.toLowerCase(Locale.ROOT);
        if (PROXIES.matcher(agent).find()) {
            return click ? Verdict.SCANNER : Verdict.PROXY;
        }
        return MACHINES.matcher(agent).find() ? Verdict.SCANNER : Verdict.HUMAN;
    }

    private boolean comesFromMachines(@Nullable String address) {
        try {
            return address != null && networks.stream().anyMatch(network -> network.matches(address));
        } catch (IllegalArgumentException e) {
            return false; // no address, as some proxies write
        }
    }
}
