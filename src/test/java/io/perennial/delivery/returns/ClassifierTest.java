package io.perennial.delivery.returns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.perennial.delivery.returns.ReturnedMailReader.Unreadable;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClassifierTest {

    @ParameterizedTest
    @CsvSource({
        "gmail-no-such-user, HARD, 5.1.1",
        "gmail-full, SOFT, 5.2.2",
        "gmail-rate, SOFT, 5.2.1",
        "gmail-unauthenticated, OWN_FAULT, 5.7.26",
        "outlook-no-such-user, HARD, 5.5.0",
        "exchange-access-denied, HARD, 5.4.1",
        "exchange-resolver, HARD, 5.1.10",
        "exchange-restricted, OWN_FAULT, 5.7.1",
        "exchange-old, HARD, 5.1.1",
        "yahoo-no-such-user, HARD, 5.0.0",
        "yahoo-policy, OWN_FAULT, 5.0.0",
        "postfix-unknown, HARD, 5.1.1",
        "postfix-no-domain, HARD, 5.4.4",
        "postfix-delayed, DELAYED, 4.4.1",
        "postfix-expired, SOFT, 4.4.1",
        "postfix-too-big, OWN_FAULT, 5.3.4",
        "postfix-success, DELIVERED, 2.1.5",
        "sendmail-relayed, DELIVERED, 2.1.9",
        "ses-unknown, HARD, 5.1.1",
        "ses-suppressed, HARD, 5.1.1",
        "dsn-two-recipients, HARD, 5.1.0",
        "dsn-8bit-garbage, HARD, 5.1.1",
        "dsn-no-status, HARD, 5.0.0",
        "qmail, HARD, 5.1.1",
        "exim, HARD, ''",
        "exim-warning, DELAYED, 4.7.1",
        "html-only, HARD, 5.1.1",
        "out-of-office, AUTO_REPLY, ''",
        "out-of-office-plain, AUTO_REPLY, ''",
        "a-person-answers, OTHER, ''",
        "arf-yahoo, COMPLAINT, ''",
        "arf-redacted, COMPLAINT, ''",
        "arf-link-only, COMPLAINT, ''",
        "arf-not-spam, NOTICE, ''",
        "jmrp, OTHER, ''"
    })
    void eachIsWhatItsServerMeant(String sample, ReturnKind kind, String status) throws Exception {
        Finding finding = Classifier.of(ReturnedMailReader.read(ReturnSamples.plain(sample)), false);
        assertThat(finding.kind()).isEqualTo(kind);
        assertThat(finding.status()).isEqualTo(status);
        assertThat(finding.diagnostic())
                .isNotBlank()
                .hasSizeLessThanOrEqualTo(900)
                .doesNotContain("\n", "\r", "\u202e");
    }

    @Test
    void whatComesToTheComplaintsAddressWithAMailIsAComplaint() throws Exception {
        assertThat(Classifier.of(ReturnedMailReader.read(ReturnSamples.plain("jmrp")), true)
                        .kind())
                .isEqualTo(ReturnKind.COMPLAINT);
        assertThat(Classifier.of(ReturnedMailReader.read(ReturnSamples.plain("a-person-answers")), true)
                        .kind())
                .isEqualTo(ReturnKind.OTHER);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "5.1.1 | whatever | HARD",
                "5.1.8 | Sender address rejected: Domain not found | OWN_FAULT",
                "5.2.1 | This mailbox is disabled | HARD",
                "5.2.3 | Message too long | OWN_FAULT",
                "5.4.7 | Delivery expired | SOFT",
                "5.4.310 | DNS domain nowhere.example does not exist | HARD",
                "5.7.133 | not authorized | OWN_FAULT",
                "4.7.0 | deferred due to user complaints | OWN_FAULT",
                "4.2.2 | over quota | SOFT",
                "5.0.0 | odd words that nobody knows | SOFT",
                "'' | 550 No such user here | HARD",
                "'' | 554 rejected as spam | OWN_FAULT",
                "5.6.0 | Lone CR or LF in headers | OWN_FAULT"
            })
    void codesAndWordsMeanWhatTheyShould(String status, String words, ReturnKind kind) {
        assertThat(BounceRules.kindOf(status, words)).isEqualTo(kind);
    }

    @Test
    void whatIsNestedWithoutEndIsNotReadToItsEnd() {
        StringBuilder mail = new StringBuilder("From: a@b.example\r\n");
        for (int i = 0; i < 5_000; i++) {
            mail.append("Content-Type: multipart/mixed; boundary=\"b")
                    .append(i)
                    .append("\"\r\n\r\n--b")
                    .append(i)
                    .append("\r\n");
        }
        assertThatThrownBy(() -> read(mail.toString())).isInstanceOf(Unreadable.class);
        String nested = "Content-Type: message/rfc822\r\n\r\n".repeat(5_000);
        assertThatThrownBy(() -> read(nested)).isInstanceOf(Unreadable.class);
        String parts = "Content-Type: multipart/mixed; boundary=x\r\n\r\n" + "--x\r\n\r\nhi\r\n".repeat(10_000);
        assertThatThrownBy(() -> read(parts)).isInstanceOf(Unreadable.class);
    }

    @Test
    void noGarbageDoesMoreThanFailToBeRead() {
        Random random = new Random(7);
        byte[] good = ReturnSamples.plain("postfix-unknown");
        for (int round = 0; round < 3_000; round++) {
            byte[] bad = good.clone();
            for (int i = random.nextInt(60); i >= 0; i--) {
                bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
            }
            readOrRefuse(round % 3 == 0 ? java.util.Arrays.copyOf(bad, random.nextInt(bad.length)) : bad);
            byte[] noise = new byte[random.nextInt(400)];
            random.nextBytes(noise);
            readOrRefuse(noise);
        }
        readOrRefuse(new byte[1 << 20]);
        readOrRefuse("x".repeat(1 << 20).getBytes(StandardCharsets.US_ASCII));
        readOrRefuse(("Subject: " + "a".repeat(1 << 20)).getBytes(StandardCharsets.US_ASCII));
        readOrRefuse("A: b\r\n".repeat(100_000).getBytes(StandardCharsets.US_ASCII));
    }

    private static void readOrRefuse(byte[] mail) {
        try {
            assertThat(Classifier.of(ReturnedMailReader.read(mail), false).kind())
                    .isNotNull();
        } catch (Unreadable e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }

    private static void read(String mail) throws Unreadable {
        ReturnedMailReader.read(mail.getBytes(StandardCharsets.UTF_8));
    }
}
