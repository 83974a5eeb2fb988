package io.perennial.delivery.sender;

import io.perennial.delivery.sender.DkimKey.State;
import io.perennial.delivery.sender.DnsResolver.Unavailable;
import io.perennial.delivery.sender.SenderReport.Advice;
import io.perennial.delivery.sender.SenderReport.Point;
import io.perennial.delivery.sender.SenderReport.Topic;
import io.perennial.delivery.sender.SenderReport.Verdict;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Asks the DNS about a sender domain, and says what is right, what is missing, and which record puts it right. */
@Component
class SenderCheck {

    private final DnsResolver dns;

    SenderCheck(DnsResolver dns) {
        this.dns = dns;
    }

    /**
     * Whom to ask about.
     *
     * @param server host that takes the mails; empty where there is none
     */
    record Question(String domain, String envelope, String senderEmail, String server, List<DkimKey> keys) {}

    /** @param seen hears of each key whether its record is as it should be, where the DNS answered */
    SenderReport report(Question question, BiConsumer<DkimKey, Boolean> seen) {
        List<Point> points = new ArrayList<>();
        try {
            dns.txt(question.domain());
        } catch (Unavailable e) {
            // One wait is enough to know that the others would be as long.
            for (Topic topic : Topic.values()) {
                points.add(unknown(topic, e));
            }
            return new SenderReport(question.domain(), question.envelope(), points);
        }
        points.addAll(dkim(question, seen));
        points.add(spf(question));
        points.addAll(dmarc(question));
        points.add(mx(question));
        return new SenderReport(question.domain(), question.envelope(), points);
    }

    private static Point unknown(Topic topic, Unavailable e) {
        return Point.of(topic, Verdict.UNKNOWN, "unknown", null, String.valueOf(e.getMessage()));
    }

    private List<Point> dkim(Question question, BiConsumer<DkimKey, Boolean> seen) {
        List<DkimKey> asked = question.keys().stream()
                .filter(key -> key.state() != State.RETIRED)
                .toList();
        if (asked.isEmpty()) {
            return List.of(Point.of(Topic.DKIM, Verdict.BAD, "dkim_none", null, question.domain()));
        }
        List<Point> points = new ArrayList<>();
        for (DkimKey key : asked) {
            try {
                Point point = dkim(key, dns.txt(key.recordName()));
                seen.accept(key, point.verdict() == Verdict.GOOD);
                points.add(point);
            } catch (Unavailable e) {
                points.add(unknown(Topic.DKIM, e));
            }
        }
        return points;
    }

    private static Point dkim(DkimKey key, List<String> found) {
        Verdict wrong = key.state() == State.ACTIVE ? Verdict.BAD : Verdict.ATTENTION;
        String name = key.recordName();
        if (found.isEmpty()) {
            String text = key.state() == State.ACTIVE ? "dkim_gone" : "dkim_missing";
            return Point.of(Topic.DKIM, wrong, text, new Advice(name, key.recordValue(), null), name);
        }
        if (found.size() > 1) {
            return Point.of(
                    Topic.DKIM,
                    wrong,
                    "dkim_several",
                    new Advice(name, key.recordValue(), String.join("\n", found)),
                    name,
                    found.size());
        }
        Map<String, String> tags = Tags.of(found.getFirst());
        String given = tags.getOrDefault("p", "");
        boolean kind =
                tags.getOrDefault("k", "rsa").equalsIgnoreCase(key.algorithm().tag());
        if (kind
                && given.equals(key.publicKey())
                && tags.getOrDefault("v", "DKIM1").equals("DKIM1")) {
            return Point.of(Topic.DKIM, Verdict.GOOD, "dkim_good", null, name);
        }
        boolean cut = kind && !given.isEmpty() && key.publicKey().startsWith(given);
        return Point.of(
                Topic.DKIM,
                wrong,
                given.isEmpty() ? "dkim_revoked" : cut ? "dkim_cut" : "dkim_differs",
                new Advice(name, key.recordValue(), found.getFirst()),
                name);
    }

    private Point spf(Question question) {
        String domain = question.envelope();
        try {
            List<InetAddress> servers = question.server().isEmpty() ? List.of() : dns.addresses(question.server());
            Spf spf = SpfReader.read(dns, domain, servers);
            String ours = mechanism(question.server());
            String record = spf.record();
            return switch (spf.standing()) {
                case MISSING ->
                    Point.of(
                            Topic.SPF,
                            Verdict.BAD,
                            "spf_missing",
                            new Advice(domain, "v=spf1" + (ours.isEmpty() ? " mx" : ours) + " ~all", null),
                            domain);
                case SEVERAL -> Point.of(Topic.SPF, Verdict.BAD, "spf_several", null, domain, spf.detail());
                case INVALID -> Point.of(Topic.SPF, Verdict.BAD, "spf_invalid", null, domain, spf.detail());
                case TOO_MANY_LOOKUPS ->
                    Point.of(Topic.SPF, Verdict.BAD, "spf_lookups", null, domain, spf.lookups(), Spf.MOST_LOOKUPS);
                case EVERYBODY ->
                    Point.of(
                            Topic.SPF,
                            Verdict.BAD,
                            "spf_everybody",
                            new Advice(
                                    domain, String.valueOf(record).replaceFirst("(?i)\\+?\\ball\\b", "~all"), record),
                            domain);
                case GOOD ->
                    spf.named() || ours.isEmpty()
                            ? Point.of(Topic.SPF, Verdict.GOOD, "spf_good", null, domain, spf.lookups())
                            : Point.of(
                                    Topic.SPF,
                                    Verdict.ATTENTION,
                                    "spf_not_named",
                                    new Advice(domain, with(String.valueOf(record), ours), record),
                                    domain,
                                    question.server());
            };
        } catch (Unavailable e) {
            return unknown(Topic.SPF, e);
        }
    }

    /** What names a host or an address in SPF, with a space in front; empty for none. */
    private static String mechanism(String server) {
        if (server.isEmpty()) {
            return "";
        }
        boolean ip4 = server.matches("[0-9.]+");
        return (ip4 ? " ip4:" : server.contains(":") ? " ip6:" : " a:") + server;
    }

    /** Puts a mechanism in front of what ends the record. */
    private static String with(String record, String mechanism) {
        String changed = record.replaceFirst("(?i)\\s+([-~?+]?all|redirect=\\S+)\\s*$", mechanism + " $1");
        return changed.equals(record) ? record.stripTrailing() + mechanism : changed;
    }

    private List<Point> dmarc(Question question) {
        String domain = question.domain();
        try {
            Dmarc dmarc = Dmarc.read(dns, domain);
            List<Point> points = new ArrayList<>();
            points.add(
                    switch (dmarc.standing()) {
                        case MISSING ->
                            Point.of(Topic.DMARC, Verdict.BAD, "dmarc_missing", watching(question, null), domain);
                        case SEVERAL ->
                            Point.of(
                                    Topic.DMARC,
                                    Verdict.BAD,
                                    "dmarc_several",
                                    null,
                                    String.valueOf(dmarc.at()),
                                    String.valueOf(dmarc.record()));
                        case INVALID ->
                            Point.of(
                                    Topic.DMARC,
                                    Verdict.BAD,
                                    "dmarc_invalid",
                                    watching(question, dmarc.record()),
                                    String.valueOf(dmarc.at()));
                        case WATCHED ->
                            Point.of(Topic.DMARC, Verdict.GOOD, "dmarc_watched", null, String.valueOf(dmarc.at()));
                        case ENFORCED ->
                            Point.of(Topic.DMARC, Verdict.GOOD, "dmarc_enforced", null, String.valueOf(dmarc.at()));
                    });
            // The signature is by the sender's own domain, so it always speaks for it; the envelope need not.
            if (!dmarc.aligns(domain, question.envelope())) {
                points.add(
                        Point.of(Topic.DMARC, Verdict.ATTENTION, "dmarc_envelope", null, question.envelope(), domain));
            }
            return points;
        } catch (Unavailable e) {
            return List.of(unknown(Topic.DMARC, e));
        }
    }

    private static Advice watching(Question question, @Nullable String instead) {
        return new Advice(
                "_dmarc." + question.domain(), "v=DMARC1; p=none; rua=mailto:" + question.senderEmail(), instead);
    }

    private Point mx(Question question) {
        String domain = question.domain();
        try {
            List<String> hosts = dns.mx(domain);
            if (hosts.equals(List.of("."))) {
                return Point.of(Topic.MX, Verdict.BAD, "mx_refused", null, domain);
            }
            if (!hosts.isEmpty()) {
                return Point.of(Topic.MX, Verdict.GOOD, "mx_good", null, domain, hosts.getFirst());
            }
            return dns.addresses(domain).isEmpty()
                    ? Point.of(Topic.MX, Verdict.BAD, "mx_missing", null, domain)
                    : Point.of(Topic.MX, Verdict.ATTENTION, "mx_address", null, domain);
        } catch (Unavailable e) {
            return unknown(Topic.MX, e);
        }
    }
}
