package io.perennial.customers.imports;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class SharedTextsTest {

    private final SharedTexts shared = new SharedTexts();

    @Test
    void cellsThatSayTheSameAreOneText() {
        String first = shared.of(new String("coffee"));
        assertThat(shared.of(new String("coffee"))).isSameAs(first);
    }

    @Test
    void noTextGetsTheNumberOfAnother() {
        for (int i = 0; i < 100_000; i++) { // far more than there are places
            String text = shared.of(Integer.toString(i));
            assertThat(text).isEqualTo(Integer.toString(i));
            assertThat(shared.number(text)).isNull();
            shared.remember(text, new BigDecimal(text));
            assertThat(shared.number(text)).isEqualTo(new BigDecimal(i));
        }
    }

    @Test
    void aLongTextIsLeftAsItIs() {
        String text = "x".repeat(10_000);
        assertThat(shared.of(text)).isSameAs(text);
        assertThat(shared.number(text)).isNull();
    }
}
