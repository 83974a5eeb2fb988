package io.perennial.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.delivery.MessageEvents.Kind;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VisitJudgeTest {

    private static final String PERSON = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/130.0";

    private final VisitJudge judge = new VisitJudge(new TrackingProperties(List.of("192.0.2.0/24", "2001:db8::/32")));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 | HUMAN | HUMAN",
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/130.0 Safari/537.36 | HUMAN | HUMAN",
                "Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy) | PROXY | SCANNER",
                "YahooMailProxy; https://help.yahoo.com/kb/yahoo-mail-proxy-SLN28749.html | PROXY | SCANNER",
                "Mozilla/5.0 (compatible; SeznamEmailProxy/3.0) | PROXY | SCANNER",
                "Mozilla/5.0 | PREFETCH | SCANNER",
                "'' | SCANNER | SCANNER",
                "curl/8.5.0 | SCANNER | SCANNER",
                "Mozilla/5.0 (compatible; bingbot/2.0) | SCANNER | SCANNER",
                "Microsoft Office Existence Discovery | SCANNER | SCANNER",
                "BarracudaCentral/1.0 | SCANNER | SCANNER",
                "Mozilla/5.0 (X11; Linux x86_64) HeadlessChrome/120.0 | SCANNER | SCANNER",
                "WhatsApp/2.23 | SCANNER | SCANNER"
            })
    void knownAgentsAreToldApart(String agent, Verdict open, Verdict click) {
        assertThat(judge.judge(Kind.OPEN, Visit.by(agent), Visit.Moment.LATER)).isEqualTo(open);
        assertThat(judge.judge(Kind.CLICK, Visit.by(agent), Visit.Moment.LATER)).isEqualTo(click);
    }

    @Test
    void whatOnlyLooksAheadIsNoPerson() {
        assertThat(judge.judge(Kind.CLICK, new Visit(PERSON, null, true, false), Visit.Moment.LATER))
                .isEqualTo(Verdict.SCANNER);
        assertThat(judge.judge(Kind.CLICK, new Visit(PERSON, null, false, true), Visit.Moment.LATER))
                .isEqualTo(Verdict.SCANNER);
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.77, SCANNER",
        "2001:db8::1, SCANNER",
        "198.51.100.1, HUMAN",
        "2001:db9::1, HUMAN",
        "unknown, HUMAN"
    })
    void networksOfMachinesAreKnown(String address, Verdict verdict) {
        assertThat(judge.judge(Kind.CLICK, new Visit(PERSON, address, false, false), Visit.Moment.LATER))
                .isEqualTo(verdict);
    }

    @Test
    void nobodyReadsWithinSeconds() {
        assertThat(Visit.Moment.of(null)).isEqualTo(Visit.Moment.AT_ONCE);
        assertThat(Visit.Moment.of(Duration.ofMillis(-20))).isEqualTo(Visit.Moment.AT_ONCE);
        assertThat(Visit.Moment.of(Duration.ofSeconds(3))).isEqualTo(Visit.Moment.WITHIN_SECONDS);
        assertThat(Visit.Moment.of(Duration.ofDays(900))).isEqualTo(Visit.Moment.LATER);
        assertThat(judge.judge(Kind.OPEN, Visit.by(PERSON), Visit.Moment.AT_ONCE))
                .isEqualTo(Verdict.SCANNER);
        assertThat(judge.judge(Kind.OPEN, Visit.by(PERSON), Visit.Moment.WITHIN_SECONDS))
                .isEqualTo(Verdict.HUMAN);
        assertThat(judge.judge(Kind.CLICK, Visit.by(PERSON), Visit.Moment.WITHIN_SECONDS))
                .isEqualTo(Verdict.SCANNER);
    }
}
