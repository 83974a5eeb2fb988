package io.perennial.delivery.sender;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.delivery.sender.DkimKey.State;
import io.perennial.delivery.sender.SenderReport.Advice;
import io.perennial.delivery.sender.SenderReport.Point;
import io.perennial.delivery.sender.SenderReport.Topic;
import io.perennial.delivery.sender.SenderReport.Verdict;
import io.perennial.support.FairClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Rcode;

/** What the DNS says of a domain is told in a word, with the record that puts it right. */
class SenderCheckTest {

    private static final String DOMAIN = "shop.example";
    private static final String PUBLIC =
            DkimAlgorithm.RSA.published(DkimAlgorithm.RSA.newPair().getPublic());

    private final LocalDns dns = new LocalDns();
    private final List<String> seen = new ArrayList<>();

    @AfterEach
    void stop() {
        dns.close();
    }

    private static DkimKey key(State state) {
        return new DkimKey(1, DOMAIN, "s1", DkimAlgorithm.RSA, state, PUBLIC, Instant.EPOCH, null, null);
    }

    private SenderReport report(String envelope, DkimKey... keys) {
        return new SenderCheck(dns.resolver())
                .report(
                        new SenderCheck.Question(
                                DOMAIN, envelope, "hello@shop.example", "mail.relay.example", List.of(keys)),
                        (key, right) -> seen.add(key.selector() + " " + right));
    }

    private Point point(Topic topic, DkimKey... keys) {
        return report(DOMAIN, keys).points().stream()
                .filter(point -> point.topic() == topic)
                .findFirst()
                .orElseThrow();
    }

    private Point spf(String... records) {
        dns.forget(DOMAIN).txt(DOMAIN, records).a("mail.relay.example", "203.0.113.7");
        return point(Topic.SPF);
    }

    @Test
    void whenAllIsInPlaceThereIsNothingToDo() {
        dns.txt(DOMAIN, "google-site-verification=x", "v=spf1 a:mail.relay.example -all")
                .a("mail.relay.example", "203.0.113.7")
                .txt("s1._domainkey." + DOMAIN, key(State.ACTIVE).recordValue())
                .txt("_dmarc." + DOMAIN, "v=DMARC1; p=quarantine; rua=mailto:x@shop.example")
                .mx(DOMAIN, "mx.shop.example");
        SenderReport report = report(DOMAIN, key(State.ACTIVE));
        assertThat(report.isGood()).as(report.toString()).isTrue();
        assertThat(report.points()).hasSize(4);
        assertThat(seen).containsExactly("s1 true");
    }

    @Test
    void anEmptyDomainIsToldEveryRecordItNeeds() {
        SenderReport report = report(DOMAIN, key(State.WAITING));
        assertThat(report.points())
                .extracting(Point::key)
                .containsExactly("dkim_missing", "spf_missing", "dmarc_missing", "mx_missing");
        assertThat(report.points())
                .extracting(Point::advice)
                .startsWith(
                        new Advice(
                                "s1._domainkey.shop.example", key(State.WAITING).recordValue(), null),
                        new Advice(DOMAIN, "v=spf1 a:mail.relay.example ~all", null),
                        new Advice("_dmarc.shop.example", "v=DMARC1; p=none; rua=mailto:hello@shop.example", null));
        assertThat(seen).containsExactly("s1 false");
        assertThat(point(Topic.DKIM).key()).isEqualTo("dkim_none");
        assertThat(point(Topic.DKIM, key(State.RETIRED)).key()).isEqualTo("dkim_none");
    }

    @Test
    void aKeyIsComparedWithItsRecord() {
        String name = "s1._domainkey." + DOMAIN;
        dns.txt(name, "v=DKIM1;k=rsa; t=s;  p=" + PUBLIC.substring(0, 100) + " " + PUBLIC.substring(100) + ";");
        assertThat(point(Topic.DKIM, key(State.WAITING)).key()).isEqualTo("dkim_good");
        dns.forget(name).txt(name, "v=DKIM1; p=" + PUBLIC.substring(0, 200));
        assertThat(point(Topic.DKIM, key(State.WAITING)).key()).isEqualTo("dkim_cut");
        dns.forget(name).txt(name, "v=DKIM1; p=");
        assertThat(point(Topic.DKIM, key(State.ACTIVE)).key()).isEqualTo("dkim_revoked");
        dns.forget(name).txt(name, "v=DKIM1; k=ed25519; p=" + PUBLIC);
        assertThat(point(Topic.DKIM, key(State.ACTIVE)).key()).isEqualTo("dkim_differs");
        dns.forget(name).txt(name, key(State.ACTIVE).recordValue(), "v=DKIM1; p=x");
        assertThat(point(Topic.DKIM, key(State.ACTIVE)).key()).isEqualTo("dkim_several");
        dns.forget(name);
        assertThat(point(Topic.DKIM, key(State.ACTIVE)))
                .extracting(Point::key, Point::verdict)
                .containsExactly("dkim_gone", Verdict.BAD);
    }

    @Test
    void longRecordsAreGivenInStringsOf255() {
        String strings = key(State.WAITING).recordStrings();
        assertThat(strings).startsWith("\"v=DKIM1; k=rsa; p=MIIB");
        assertThat(strings.split("\" \"")).hasSize(2).allMatch(part -> part.length() <= 257);
        assertThat(strings.replaceAll("\" \"|\"", ""))
                .isEqualTo(key(State.WAITING).recordValue());
    }

    @Test
    void spfIsReadAsReceiversDo() {
        assertThat(spf("v=spf1 ip4:203.0.113.0/24 -all").key()).isEqualTo("spf_good");
        assertThat(spf("v=spf1 ip4:203.0.113.0/29 ~all").key()).isEqualTo("spf_good");
        assertThat(spf("V=SPF1 IP4:198.51.100.1 -ALL").key()).isEqualTo("spf_not_named");
        assertThat(spf("v=spf1 -ip4:203.0.113.7 -all").key()).isEqualTo("spf_not_named");
        assertThat(spf("v=spf1 ip6:2001:db8::/32 a:mail.relay.example/24 -all").key())
                .isEqualTo("spf_good");
        assertThat(spf("v=spf1 a:mail.relay.example/32//128 -all").key()).isEqualTo("spf_good");
        assertThat(spf("v=spf1 ip4:203.0.113.7 +all").advice())
                .isEqualTo(new Advice(DOMAIN, "v=spf1 ip4:203.0.113.7 ~all", "v=spf1 ip4:203.0.113.7 +all"));
        assertThat(spf("v=spf1 -all", "v=spf1 ~all").key()).isEqualTo("spf_several");
        for (String bad : List.of(
                "v=spf1 ip4:300.1.1.1 -all",
                "v=spf1 ip4:203.0.113.0/33 -all",
                "v=spf1 ipv4:1.2.3.4 -all",
                "v=spf1 include: -all",
                "v=spf1 all:x")) {
            assertThat(spf(bad).key()).as(bad).isEqualTo("spf_invalid");
        }
        assertThat(spf("v=spf10 -all").key()).isEqualTo("spf_missing");
    }

    @Test
    void whatSpfIncludesIsFollowedAndCounted() {
        dns.txt("_spf.relay.example", "v=spf1 include:_more.relay.example ?all")
                .txt("_more.relay.example", "v=spf1 ip4:203.0.113.7 -all")
                .mx("mx.relay.example", "mail.relay.example");
        Point included = spf("v=spf1 include:_spf.relay.example exists:%{i}.x.example -all");
        assertThat(included.key()).isEqualTo("spf_good");
        assertThat(included.args()).containsExactly(DOMAIN, 3);
        assertThat(spf("v=spf1 redirect=_spf.relay.example").key()).isEqualTo("spf_good");
        assertThat(spf("v=spf1 mx:mx.relay.example -all").key()).isEqualTo("spf_good");
        assertThat(spf("v=spf1 include:nothing.example -all").key()).isEqualTo("spf_invalid");
        assertThat(spf("v=spf1" + " a:x.example".repeat(11) + " -all"))
                .extracting(Point::key, Point::args)
                .containsExactly("spf_lookups", List.of(DOMAIN, 11, 10));
        dns.txt("loop.example", "v=spf1 include:loop.example -all");
        assertThat(spf("v=spf1 include:loop.example -all").key()).isEqualTo("spf_lookups");
    }

    @Test
    void theMailServerIsPutIntoTheRecordThatIsThere() {
        assertThat(spf("v=spf1 mx include:_x.example ~all").key()).isEqualTo("spf_invalid");
        dns.txt("_x.example", "v=spf1 -all");
        assertThat(spf("v=spf1 mx include:_x.example ~all").advice().value())
                .isEqualTo("v=spf1 mx include:_x.example a:mail.relay.example ~all");
        assertThat(spf("v=spf1 redirect=_x.example").advice().value())
                .isEqualTo("v=spf1 a:mail.relay.example redirect=_x.example");
        assertThat(spf("v=spf1 mx").advice().value()).isEqualTo("v=spf1 mx a:mail.relay.example");
    }

    @Test
    void dmarcIsFoundAtTheDomainOrAboveIt() throws Exception {
        dns.txt("_dmarc.shop.example", "v=DMARC1; p=reject; sp=none; aspf=r");
        DnsResolver resolver = dns.resolver();
        Dmarc above = Dmarc.read(resolver, "news.shop.example");
        assertThat(above.standing()).isEqualTo(Dmarc.Standing.WATCHED);
        assertThat(above.at()).isEqualTo("shop.example");
        assertThat(above.aligns("news.shop.example", "bounces.shop.example")).isTrue();
        assertThat(above.aligns("news.shop.example", "relay.example")).isFalse();
        assertThat(Dmarc.read(resolver, DOMAIN).standing()).isEqualTo(Dmarc.Standing.ENFORCED);
        dns.txt("_dmarc.strict.example", "v=DMARC1; p=none; aspf=s");
        assertThat(Dmarc.read(resolver, "strict.example").aligns("strict.example", "b.strict.example"))
                .isFalse();
        dns.txt("_dmarc.bad.example", "v=DMARC1; rua=mailto:x@bad.example");
        assertThat(Dmarc.read(resolver, "bad.example").standing()).isEqualTo(Dmarc.Standing.INVALID);
        dns.txt("_dmarc.two.example", "v=DMARC1; p=none", "v=DMARC1; p=reject");
        assertThat(Dmarc.read(resolver, "two.example").standing()).isEqualTo(Dmarc.Standing.SEVERAL);
        assertThat(Dmarc.read(resolver, "none.invalid").standing()).isEqualTo(Dmarc.Standing.MISSING);
    }

    @Test
    void anEnvelopeOfAnotherOrganisationIsPointedOut() {
        dns.txt("_dmarc." + DOMAIN, "v=DMARC1; p=none");
        assertThat(report("bounces.other.example").points())
                .extracting(Point::key)
                .contains("dmarc_envelope");
        assertThat(report("bounces.shop.example").points())
                .extracting(Point::key)
                .doesNotContain("dmarc_envelope");
    }

    @Test
    void answersMustArriveSomewhere() {
        assertThat(point(Topic.MX).key()).isEqualTo("mx_missing");
        dns.a(DOMAIN, "203.0.113.9");
        assertThat(point(Topic.MX).key()).isEqualTo("mx_address");
        dns.mx(DOMAIN, ".");
        assertThat(point(Topic.MX).key()).isEqualTo("mx_refused");
    }

    @Test
    void aNameServerThatFailsIsNotTakenForMissingRecords() {
        dns.failing(Rcode.SERVFAIL);
        SenderReport report = report(DOMAIN, key(State.ACTIVE));
        assertThat(report.points()).hasSize(4).allMatch(point -> point.verdict() == Verdict.UNKNOWN);
        assertThat(seen).isEmpty();
    }

    @Test
    void aNameServerThatIsSilentCostsOneWait() {
        dns.close();
        try (FairClock clock = FairClock.start()) {
            assertThat(report(DOMAIN).points()).allMatch(point -> point.verdict() == Verdict.UNKNOWN);
            assertThat(clock.passed()).isLessThan(Duration.ofSeconds(8));
        }
    }
}
