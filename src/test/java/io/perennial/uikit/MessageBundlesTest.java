package io.perennial.uikit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;

class MessageBundlesTest {

    @Test
    void aSentenceThatEndsWithTheNameOfACompanyHasOneFullStop() {
        assertThat(words("Kavárna s.r.o.")).isEqualTo("You get no more mails from Kavárna s.r.o.");
        assertThat(words("Kavárna")).isEqualTo("You get no more mails from Kavárna.");
    }

    @Test
    void aNameThatEndsSoElsewhereStaysAsItIs() {
        assertThat(MessageBundles.text(
                        "delivery.page.unsubscribe.all", Locale.ENGLISH, "Kavárna s.r.o.", "mia@acme.example"))
                .isEqualTo("Kavárna s.r.o. sends mails to mia@acme.example.");
    }

    private static String words(String business) {
        return MessageBundles.text("delivery.page.unsubscribed.all", Locale.ENGLISH, business);
    }
}
