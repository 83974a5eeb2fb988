package io.perennial.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConsoleLocaleTest {

    @ParameterizedTest
    @CsvSource({
        "en-US,en-US",
        "en-GB,en-GB",
        "en,en",
        "cs-CZ,en-CZ",
        "cs,en-CZ",
        "de-DE,en-DE",
        "hr-HR,en-150",
        "hr,en-150",
        "vi-VN,en-001",
        "vi,en-001",
        "xx-QQ,en-001",
        "qqq,en",
        "en-XX9,en"
    })
    void aBrowsersRegionDecidesHowDatesAreWritten(String browser, String console) {
        assertThat(ConsoleLocale.of(List.of(Locale.forLanguageTag(browser))).toLanguageTag())
                .isEqualTo(console);
    }

    @Test
    void theBestOfSeveralCountsAndNoneIsEnglish() {
        assertThat(ConsoleLocale.of(
                        Stream.of("cs-CZ", "en-US").map(Locale::forLanguageTag).toList()))
                .isEqualTo(Locale.of("en", "CZ"));
        assertThat(ConsoleLocale.of(List.of())).isEqualTo(Locale.ENGLISH);
        assertThat(ConsoleLocale.of(List.of(Locale.ROOT))).isEqualTo(Locale.ENGLISH);
    }
}
