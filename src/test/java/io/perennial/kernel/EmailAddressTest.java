package io.perennial.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import com.sanctionco.jmail.EmailValidator;
import com.sanctionco.jmail.JMail;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmailAddressTest {

    private static final String SIGNS = "aab09.-_@@+ ä\"";

    private final EmailValidator whole =
            JMail.strictValidator().requireTopLevelDomain().disallowQuotedIdentifiers();

    @Test
    void whatLooksPlainIsAnAddressToTheWholeRulesToo() {
        Random random = new Random(3);
        int plain = 0;
        for (int n = 0; n < 400_000; n++) {
            StringBuilder text = new StringBuilder();
            for (int i = 2 + random.nextInt(12); i > 0; i--) {
                text.append(SIGNS.charAt(random.nextInt(SIGNS.length())));
            }
            text.append(random.nextBoolean() ? ".com" : "@b.cz");
            if (EmailAddress.isPlain(text.toString())) {
                plain++;
                assertThat(whole.isValid(text.toString())).as(text.toString()).isTrue();
            }
        }
        assertThat(plain).isGreaterThan(5_000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a@b.cz",
                "Jana.Nova-kova_1@mail.example.COM",
                "jana+shop@example.com",
                "o'neil@example.com",
                "jana@xn--hkyrky-ptac70bc.fi"
            })
    void anAddressIsTaken(String text) {
        assertThat(EmailAddress.parse(text)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "jana",
                "jana@example",
                "jana@example.",
                "@example.com",
                "jana@@example.com",
                ".jana@example.com",
                "jana.@example.com",
                "ja..na@example.com",
                "jana@-example.com",
                "jana@example-.com",
                "jana@exam_ple.com",
                "jana@[127.0.0.1]",
                "jana <jana@example.com>"
            })
    void whatIsNoAddressIsNot(String text) {
        assertThat(EmailAddress.parse(text)).isEmpty();
    }
}
