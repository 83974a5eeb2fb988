package io.perennial.customers.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.perennial.customers.ImportField;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CellsTest {

    private static final ZoneId PRAGUE = ZoneId.of("Europe/Prague");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1234.5|.|1234.5",
                "1234.5|,|1234.5",
                "12.345|.|12.345",
                "007|,|7",
                "1,234.50|.|1234.50",
                "1.234,50|,|1234.50",
                "1 234,50 Kč|,|1234.50",
                "€12.50|.|12.50",
                "12,50|.|12.50",
                "1,234|.|1234",
                "1,234|,|1.234",
                "1.234|,|1234",
                "1'234.50|.|1234.50",
                "-5|.|-5",
                "(5.00)|.|-5.00",
                "250,-|,|250.0",
                ".5|.|0.5",
                "1,234,567|.|1234567"
            })
    void numbersAreReadAsShopsWriteThem(String text, char decimal, String value) {
        assertThat(Numbers.parse(text, decimal)).isEqualByComparingTo(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ten", "1-2", "1/2", "12 apples", "1e999999999", "--", "0x10000000000"})
    void whatIsNoNumberIsNone(String text) {
        assertThat(Numbers.parse(text, '.')).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2026-03-05|2026-03-04T23:00:00Z",
                "2026-03-05 10:15|2026-03-05T09:15:00Z",
                "2026-03-05T10:15:30Z|2026-03-05T10:15:30Z",
                "2026-03-05T10:15:30.123456+02:00|2026-03-05T08:15:30.123456Z",
                "2026-03-05 10:15:30 UTC|2026-03-05T10:15:30Z",
                "5.3.2026|2026-03-04T23:00:00Z",
                "5. 3. 2026 10:15|2026-03-05T09:15:00Z",
                "05/03/2026 1:05 PM|2026-03-05T12:05:00Z",
                "20260305|2026-03-04T23:00:00Z",
                "20260305101530|2026-03-05T09:15:30Z",
                // the hour that does not exist is moved forward, the one that occurs twice is the first
                "2026-03-29 02:30|2026-03-29T01:30:00Z",
                "2026-10-25 02:30|2026-10-25T00:30:00Z"
            })
    void timesAreReadInTheZone(String text, Instant at) {
        assertThat(new Dates(PRAGUE, true).moment(ImportField.ORDERED_AT, text).at())
                .isEqualTo(at);
    }

    @Test
    void theMonthMayComeFirst() {
        Dates american = new Dates(PRAGUE, false);
        assertThat(american.day(ImportField.BIRTHDAY, "03/05/2026")).isEqualTo(LocalDate.of(2026, 3, 5));
        assertThat(american.day(ImportField.BIRTHDAY, "3.5.2026")).isEqualTo(LocalDate.of(2026, 5, 3));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-02-30",
                "31.4.2026",
                "2026-01-01 25:00",
                "20261301",
                "yesterday",
                "1.2.26",
                "2026",
                "0000-00-00"
            })
    void impossibleDatesAreRefused(String text) {
        assertThatExceptionOfType(CellProblem.class)
                .isThrownBy(() -> new Dates(PRAGUE, true).moment(ImportField.ORDERED_AT, text));
    }

    @Test
    void fingerprintsRememberWhatTheyWereTold() {
        Fingerprints seen = new Fingerprints();
        for (int i = 0; i < 100_000; i++) {
            seen.put("key" + i, i + 1);
        }
        assertThat(seen.get("key0")).isEqualTo(1);
        assertThat(seen.get("key99999")).isEqualTo(100_000);
        assertThat(seen.get("key100000")).isZero();
        assertThat(seen.count("other")).isEqualTo(1);
        assertThat(seen.count("other")).isEqualTo(2);
    }
}
