package io.perennial.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerdictTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 | HUMAN",
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/130.0 Safari/537.36 | HUMAN",
                "Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy) | PROXY",
                "Mozilla/5.0 | SCANNER",
                "'' | SCANNER",
                "curl/8.5.0 | SCANNER",
                "Mozilla/5.0 (compatible; bingbot/2.0) | SCANNER"
            })
    void knownAgentsAreToldApart(String agent, Verdict verdict) {
        assertThat(Verdict.of(agent)).isEqualTo(verdict);
    }
}
