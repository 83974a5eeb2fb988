package io.perennial.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.delivery.Answer.Kind;
import io.perennial.delivery.MailConnection.Envelope;
import io.perennial.delivery.MailConnection.Parcel;
import io.perennial.support.ScriptedSmtp;
import io.perennial.support.ScriptedSmtp.Step;
import io.perennial.support.TlsSmtp;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.boot.mail.autoconfigure.MailProperties;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.ssl.SslStoreBundle;

/** The conversation with mail servers of all kinds. */
class SmtpConnectionTest {

    private final ScriptedSmtp smtp = new ScriptedSmtp();

    @AfterEach
    void stop() {
        smtp.close();
    }

    /** Lets everything go, and keeps the answers. */
    private static class Willing implements MailConnection.Course {

        final List<Answer> answers = new ArrayList<>();

        @Override
        public boolean mayBegin(int message) {
            return true;
        }

        @Override
        public boolean mayTransmit(int message) {
            return true;
        }

        @Override
        public boolean answered(int message, Answer answer) {
            assertThat(message).isEqualTo(answers.size());
            answers.add(answer);
            return answer.kind() != Kind.UNREACHABLE && answer.kind() != Kind.SILENT;
        }
    }

    private static List<Parcel> parcels(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new Parcel(
                        new Envelope("shop@roast.example", "c" + i + "@example.com"),
                        ("Message-ID: <" + i + "@roast.example>\r\n\r\nHello " + i + "\r\n")
                                .getBytes(StandardCharsets.US_ASCII)))
                .toList();
    }

    private static List<Answer> sent(
            int port, List<Parcel> parcels, Consumer<MailProperties> settings, KeyStore trust) {
        MailProperties mail = new MailProperties();
        mail.setHost("localhost");
        mail.setPort(port);
        StaticListableBeanFactory beans = new StaticListableBeanFactory();
        if (trust != null) {
            mail.getSsl().setBundle("mail");
            DefaultSslBundleRegistry registry = new DefaultSslBundleRegistry();
            registry.registerBundle("mail", SslBundle.of(SslStoreBundle.of(null, null, trust)));
            beans.addBean("bundles", registry);
        }
        settings.accept(mail);
        DeliveryProperties properties =
                SendingHarness.properties(1, 10, 10, Duration.ofSeconds(30), Duration.ofSeconds(2));
        Willing course = new Willing();
        try (MailConnection connection =
                new SmtpServer(mail, properties, beans.getBeanProvider(SslBundles.class)).connection()) {
            connection.send(parcels, course);
        }
        return course.answers;
    }

    private List<Answer> sent(List<Parcel> parcels) {
        return sent(smtp.port(), parcels, mail -> {}, null);
    }

    private static void signingIn(MailProperties mail, String password) {
        mail.setUsername("ada");
        mail.setPassword(password);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void allArriveOnceWhetherTheServerTakesCommandsAheadOrNot(boolean pipelining) {
        smtp.offer(pipelining ? new String[] {"PIPELINING"} : new String[] {"8BITMIME"});
        assertThat(sent(parcels(30))).hasSize(30).allMatch(answer -> answer.kind() == Kind.ACCEPTED);
        assertThat(smtp.received())
                .hasSize(30)
                .extracting(ScriptedSmtp.Received::to)
                .doesNotHaveDuplicates();
        assertThat(smtp.received().get(7).content()).contains("Hello 7").doesNotContain("Hello 8");
        assertThat(smtp.count(Step.CONNECT)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whoIsRefusedKeepsNobodyElseFromTheirMail(boolean pipelining) {
        smtp.offer(pipelining ? new String[] {"PIPELINING"} : new String[] {"8BITMIME"});
        smtp.script((step, exchange) -> {
            if (step == Step.RCPT && exchange.to().startsWith("c3@")) {
                return "550 5.1.1 Nobody here";
            }
            if (step == Step.RCPT && exchange.to().startsWith("c4@")) {
                return "450 4.2.1 Busy";
            }
            return step == Step.CONTENT && exchange.to().startsWith("c6@") ? "554 5.6.0 Not like this" : null;
        });
        List<Answer> answers = sent(parcels(9));
        assertThat(answers)
                .extracting(Answer::kind)
                .containsExactly(
                        Kind.ACCEPTED,
                        Kind.ACCEPTED,
                        Kind.ACCEPTED,
                        Kind.NO_SUCH_MAILBOX,
                        Kind.LATER,
                        Kind.ACCEPTED,
                        Kind.REFUSED,
                        Kind.ACCEPTED,
                        Kind.ACCEPTED);
        assertThat(smtp.received()).hasSize(7); // six taken, one refused after its content
        assertThat(smtp.count(Step.CONNECT)).isEqualTo(1);
    }

    @Test
    void aServerThatTakesFewMessagesAConnectionGetsTheRestOverOthers() {
        smtp.script((step, exchange) ->
                step == Step.MAIL && exchange.count() % 5 == 0 ? "421 4.7.0 Enough for this connection" : null);
        assertThat(sent(parcels(20))).hasSize(20).allMatch(answer -> answer.kind() == Kind.ACCEPTED);
        assertThat(smtp.received())
                .hasSize(20)
                .extracting(ScriptedSmtp.Received::to)
                .doesNotHaveDuplicates();
    }

    @Test
    void hangingUpAfterTheEndLeavesThatOneInDoubtAndSaysNothingOfTheNext() {
        smtp.script((step, exchange) -> step == Step.CONTENT && exchange.count() == 3 ? ScriptedSmtp.DROP : null);
        List<Answer> answers = sent(parcels(6));
        assertThat(answers).extracting(Answer::kind).containsExactly(Kind.ACCEPTED, Kind.ACCEPTED, Kind.SILENT);
        assertThat(smtp.received()).hasSize(3);
    }

    @Test
    void whatMayNotGoIsNotSentAlthoughTheServerWaitsForIt() {
        Willing course = new Willing() {
            @Override
            public boolean mayTransmit(int message) {
                return message < 2;
            }
        };
        MailConnection connection =
                SendingHarness.server(SendingHarness.quick(), smtp.port()).connection();
        connection.send(parcels(5), course);
        assertThat(course.answers).hasSize(2);
        assertThat(smtp.received()).hasSize(2);
        Willing rest = new Willing();
        connection.send(parcels(5).subList(2, 5), rest);
        connection.close();
        assertThat(rest.answers).hasSize(3).allMatch(answer -> answer.kind() == Kind.ACCEPTED);
        assertThat(smtp.received())
                .hasSize(5)
                .extracting(ScriptedSmtp.Received::to)
                .doesNotHaveDuplicates();
    }

    @Test
    void anAddressThatIsNotAsciiGoesOnlyToWhoTakesThem() {
        Parcel parcel = new Parcel(
                new Envelope("shop@roast.example", "žofie@příklad.example"),
                "Hi\r\n".getBytes(StandardCharsets.US_ASCII));
        assertThat(sent(List.of(parcel)).getFirst())
                .satisfies(answer -> assertThat(answer.kind()).isEqualTo(Kind.REFUSED))
                .satisfies(answer -> assertThat(answer.text()).contains("SMTPUTF8"));
        smtp.offer("PIPELINING", "SMTPUTF8");
        assertThat(sent(List.of(parcel)).getFirst().kind()).isEqualTo(Kind.ACCEPTED);
    }

    @Test
    void startTlsIsTakenWhereOfferedAndThePasswordGoesUnderIt() {
        try (TlsSmtp tls = new TlsSmtp("localhost", false, "STARTTLS", "AUTH PLAIN LOGIN", "PIPELINING")) {
            List<Answer> answers = sent(tls.port(), parcels(3), mail -> signingIn(mail, "secret"), tls.trust());
            assertThat(answers).hasSize(3).allMatch(answer -> answer.kind() == Kind.ACCEPTED);
            assertThat(tls.heard())
                    .anyMatch(line -> line.startsWith("*AUTH PLAIN"))
                    .noneMatch(l -> l.startsWith("AUTH"));
            assertThat(tls.heard().stream().filter(line -> line.startsWith("*MAIL")))
                    .hasSize(3);
        }
    }

    @Test
    void tlsFromTheFirstByteWithSignInByLogin() {
        try (TlsSmtp tls = new TlsSmtp("localhost", true, "AUTH LOGIN")) {
            List<Answer> answers = sent(
                    tls.port(),
                    parcels(2),
                    mail -> {
                        signingIn(mail, "secret");
                        mail.getSsl().setEnabled(true);
                    },
                    tls.trust());
            assertThat(answers).hasSize(2).allMatch(answer -> answer.kind() == Kind.ACCEPTED);
            assertThat(tls.heard()).allMatch(line -> line.startsWith("*"));
        }
    }

    @Test
    void aWrongPasswordIsToldInTheServersWords() {
        try (TlsSmtp tls = new TlsSmtp("localhost", false, "STARTTLS", "AUTH PLAIN")) {
            Answer answer = sent(tls.port(), parcels(1), mail -> signingIn(mail, "wrong"), tls.trust())
                    .getFirst();
            assertThat(answer.kind()).isEqualTo(Kind.SIGN_IN_REFUSED);
            assertThat(answer.text()).contains("535 5.7.8 Bad username or password");
        }
    }

    @Test
    void anUntrustedCertificateIsExplainedAndNothingIsSaidToItsOwner() {
        try (TlsSmtp tls = new TlsSmtp("localhost", false, "STARTTLS", "AUTH PLAIN")) {
            Answer answer = sent(tls.port(), parcels(1), mail -> signingIn(mail, "secret"), null)
                    .getFirst();
            assertThat(answer.kind()).isEqualTo(Kind.UNREACHABLE);
            assertThat(answer.text()).contains("not signed by an authority", "spring.mail.ssl.bundle");
            assertThat(tls.heard()).noneMatch(line -> line.contains("AUTH") || line.contains("MAIL"));
        }
    }

    @Test
    void aCertificateForAnotherNameIsExplained() {
        try (TlsSmtp tls = new TlsSmtp("other.example", false, "STARTTLS")) {
            Answer answer =
                    sent(tls.port(), parcels(1), mail -> {}, tls.trust()).getFirst();
            assertThat(answer.kind()).isEqualTo(Kind.UNREACHABLE);
            assertThat(answer.text()).contains("another name than spring.mail.host");
        }
    }

    @Test
    void withoutTheEncryptionThatIsRequiredNothingIsSent() {
        Answer answer = sent(
                        smtp.port(),
                        parcels(1),
                        mail -> mail.getProperties().put("mail.smtp.starttls.required", "true"),
                        null)
                .getFirst();
        assertThat(answer.kind()).isEqualTo(Kind.UNREACHABLE);
        assertThat(answer.text()).contains("offers no STARTTLS");
        assertThat(smtp.count(Step.MAIL)).isZero();
    }

    @Test
    void tlsTowardsAPlainPortAndAPortWhereNothingListensAreExplained() {
        Answer plain = sent(smtp.port(), parcels(1), mail -> mail.getSsl().setEnabled(true), null)
                .getFirst();
        assertThat(plain.text()).contains("does not speak TLS from the first byte");
        int port = smtp.port();
        smtp.close();
        Answer nothing = sent(port, parcels(1), mail -> {}, null).getFirst();
        assertThat(nothing.kind()).isEqualTo(Kind.UNREACHABLE);
        assertThat(nothing.text()).contains("Nothing listens at localhost:" + port);
    }
}
