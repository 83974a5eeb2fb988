package io.perennial.accounts.signin;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TotpTest {

    private static final byte[] SECRET = "12345678901234567890".getBytes(StandardCharsets.US_ASCII);

    /** RFC 6238, appendix B (SHA-1), the last six of its eight digits. */
    @ParameterizedTest
    @CsvSource({
        "59, 94287082",
        "1111111109, 07081804",
        "1111111111, 14050471",
        "1234567890, 89005924",
        "2000000000, 69279037",
        "20000000000, 65353130"
    })
    void agreesWithTheStandardsExamples(long second, String eightDigits) {
        assertThat(Totp.code(SECRET, Totp.step(Instant.ofEpochSecond(second)))).isEqualTo(eightDigits.substring(2));
    }

    @Test
    void clocksMayDifferByAStepAndNoMore() {
        Instant now = Instant.ofEpochSecond(1_234_567_890);
        long step = Totp.step(now);
        for (long difference = -3; difference <= 3; difference++) {
            assertThat(Totp.stepOf(Totp.code(SECRET, step + difference), SECRET, now, 0)
                            .isPresent())
                    .isEqualTo(Math.abs(difference) <= 1);
        }
    }

    @Test
    void aCodeGoesOnce() {
        Instant now = Instant.ofEpochSecond(1_234_567_890);
        long step = Totp.step(now);
        String code = Totp.code(SECRET, step);
        assertThat(Totp.stepOf(code, SECRET, now, step - 1)).hasValue(step);
        assertThat(Totp.stepOf(code, SECRET, now, step)).isEmpty();
        assertThat(Totp.stepOf(Totp.code(SECRET, step - 1), SECRET, now, step))
                .as("an older one neither")
                .isEmpty();
    }

    @Test
    void whatIsNoCodeIsNone() {
        for (String odd : new String[] {"", "12345", "1234567", "abcdef", "٠٩٤٢٨٧", "\u0000", "x".repeat(10_000)}) {
            assertThat(Totp.stepOf(odd, SECRET, Instant.ofEpochSecond(59), 0)).isEmpty();
        }
    }

    @Test
    void theSecretOfAnEnrolmentIsTheOneInItsText() {
        for (int i = 0; i < 200; i++) {
            Enrolment enrolment = Enrolment.of("mia+shop@acme.example");
            assertThat(enrolment.secret()).matches("[A-Z2-7]{32}");
            assertThat(Enrolment.base32(enrolment.bytes())).isEqualTo(enrolment.secret());
            assertThat(enrolment.uri())
                    .startsWith("otpauth://totp/Perennial%3Amia%2Bshop%40acme.example?secret=" + enrolment.secret());
        }
        // RFC 4648: "f", "fo", ... of its examples none has twenty bytes; this one is made by coreutils' base32.
        assertThat(Enrolment.base32(SECRET)).isEqualTo("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
        assertThat(Enrolment.of("a@b.example")).hasToString("Enrolment");
    }
}
