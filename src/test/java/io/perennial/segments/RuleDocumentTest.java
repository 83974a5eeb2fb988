package io.perennial.segments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The stored form of rules. */
class RuleDocumentTest {

    @Test
    void everyRuleSurvivesItsDocument() {
        RandomRules rules = new RandomRules(
                new Random(4711), LocalDate.of(2026, 3, 29), List.of(new SegmentId(1), new SegmentId(900)));
        for (int i = 0; i < 1_000; i++) {
            Rule rule = rules.next();
            String document = RuleDocument.write(rule);
            assertThat(RuleDocument.read(document)).as(document).isEqualTo(rule);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"version\":2} || “rule” is missing",
                "{\"version\":2,\"rule\":{\"type\":\"group\",\"match\":\"ALL\",\"rules\":[{\"type\":\"dance\"}]}}"
                        + "|/rule/rules/0/type|“dance” is no type",
                "{\"version\":2,\"rule\":{\"type\":\"group\",\"match\":\"SOME\",\"rules\":[]}}|/rule/match|ALL, ANY, NONE",
                "{\"version\":2,\"rule\":{\"type\":\"group\",\"match\":\"ALL\",\"rules\":[],\"co~l/our\":1}}"
                        + "|/rule/co~0l~1our|Remove it",
                "{\"version\":7,\"rule\":{}}|/version|newer",
                "{\"version\":2,\"version\":2}||JSON"
            })
    void aFaultIsNamedWithItsPlace(String text, String pointer, String words) {
        InvalidDocument fault = catchThrowableOfType(InvalidDocument.class, () -> RuleDocument.read(text));
        assertThat(fault.pointer()).isEqualTo(pointer == null ? "" : pointer);
        assertThat(fault).hasMessageContaining(words);
    }
}
