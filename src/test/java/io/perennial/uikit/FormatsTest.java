package io.perennial.uikit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Currency;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormatsTest {

    /** The console writes English, and numbers as they are written where its reader lives. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            en-CZ | EUR | 1 234 567,50 €
            en-CZ | CZK | 1 234 567,50 CZK
            en-DE | EUR | €1.234.567,50
            en-DE | CZK | CZK 1.234.567,50
            en-GB | EUR | €1,234,567.50
            en-US | USD | $1,234,567.50
            en-SK | EUR | €1 234 567,50
            en-150 | EUR | 1,234,567.50 €
            cs-CZ | EUR | 1 234 567,50 €
            en-CZ | JPY | 1 234 568 JP¥
            """)
    void moneyHasTheSeparatorsOfAllOtherNumbers(String locale, String currency, String written) {
        String money = Formats.moneyFormat(Currency.getInstance(currency), Locale.forLanguageTag(locale))
                .format(1234567.5);
        assertThat(money.replace('\u00a0', ' ').replace('\u202f', ' ')).isEqualTo(written);
    }
}
