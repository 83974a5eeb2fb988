package io.perennial.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.delivery.sender.Encryption;
import io.perennial.delivery.sender.OwnServers.Access;
import io.perennial.delivery.sender.ServerProbe.Finding;
import io.perennial.delivery.sender.ServerProbe.Problem;
import io.perennial.kernel.PublicAddress;
import io.perennial.support.ScriptedSmtp;
import io.perennial.support.ScriptedSmtp.Step;
import io.perennial.support.TlsSmtp;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Testing a mail server finds what is wrong with it, and sends nothing. */
class SmtpProbeTest {

    private final ScriptedSmtp smtp = new ScriptedSmtp();

    @AfterEach
    void stop() {
        smtp.close();
    }

    private static Finding probe(Access access, boolean privateServers, @Nullable KeyStore trust) {
        return new SmtpProbe(
                        privateServers ? address -> true : PublicAddress::isPublic,
                        sockets(trust),
                        Duration.ofMillis(1500))
                .probe(access, "shop@röstwerk.example", "ada@example.com");
    }

    private static SSLSocketFactory sockets(@Nullable KeyStore trust) {
        if (trust == null) {
            return (SSLSocketFactory) SSLSocketFactory.getDefault();
        }
        try {
            TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            managers.init(trust);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers.getTrustManagers(), null);
            return context.getSocketFactory();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Access access(int port, Encryption encryption, @Nullable String username) {
        return new Access("localhost", port, encryption, username, username == null ? null : "secret");
    }

    private Finding scripted(Encryption encryption, @Nullable String username) {
        return probe(access(smtp.port(), encryption, username), true, null);
    }

    @Test
    void aServerThatTakesOurMailPassesAndGetsNone() {
        assertThat(scripted(Encryption.OFFERED, "ada")).isEqualTo(new Finding(Problem.NONE, ""));
        assertThat(smtp.received()).isEmpty();
        assertThat(smtp.count(Step.AUTH)).isEqualTo(1);
        assertThat(smtp.count(Step.RCPT)).isEqualTo(1);
        assertThat(smtp.count(Step.DATA)).isZero();
    }

    @Test
    void aServerThatEncryptsAndLetsUsInPassesBothWays() {
        for (boolean implicit : new boolean[] {true, false}) {
            try (TlsSmtp tls = new TlsSmtp("localhost", implicit, "STARTTLS", "AUTH PLAIN")) {
                Encryption encryption = implicit ? Encryption.IMPLICIT : Encryption.REQUIRED;
                assertThat(probe(access(tls.port(), encryption, "ada"), true, tls.trust())
                                .problem())
                        .isEqualTo(Problem.NONE);
                assertThat(tls.heard()).contains("*MAIL FROM:<shop@xn--rstwerk-90a.example>", "*RSET", "*QUIT");
            }
        }
    }

    @Test
    void aNameThatNobodyHas() {
        Access nowhere = new Access("mail.nowhere.invalid", 25, Encryption.NONE, null, null);
        assertThat(probe(nowhere, true, null).problem()).isEqualTo(Problem.NO_SUCH_HOST);
    }

    @Test
    void placesWithinOurOwnNetworkAreNotEvenConnectedTo() {
        for (String host :
                new String[] {"localhost", "127.0.0.1", "0.0.0.0", "::1", "::ffff:127.0.0.1", "169.254.1.1"}) {
            Access inside = new Access(host, smtp.port(), Encryption.NONE, null, null);
            assertThat(probe(inside, false, null).problem()).as(host).isEqualTo(Problem.PRIVATE_ADDRESS);
        }
        assertThat(smtp.count(Step.CONNECT)).isZero();
    }

    @Test
    void nobodyListensThere() {
        int port = smtp.port();
        smtp.close();
        assertThat(probe(access(port, Encryption.NONE, null), true, null).problem())
                .isEqualTo(Problem.REFUSED);
    }

    @Test
    void somebodyListensAndSaysNothing() {
        smtp.script((step, exchange) -> step == Step.CONNECT ? ScriptedSmtp.STALL : null);
        assertThat(scripted(Encryption.NONE, null).problem()).isEqualTo(Problem.NO_ANSWER);
    }

    @Test
    void whatAnswersIsNoMailServer() throws IOException {
        try (ServerSocket web = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> {
                try (var socket = web.accept()) {
                    socket.getOutputStream()
                            .write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
            assertThat(probe(access(web.getLocalPort(), Encryption.NONE, null), true, null)
                            .problem())
                    .isEqualTo(Problem.NO_MAIL_SERVER);
        }
    }

    @Test
    void theServerDoesNotWantToTalkToUs() {
        smtp.script((step, exchange) -> step == Step.CONNECT ? "554 5.7.1 Your network is listed" : null);
        Finding finding = scripted(Encryption.NONE, null);
        assertThat(finding.problem()).isEqualTo(Problem.NOT_WELCOME);
        assertThat(finding.detail()).contains("Your network is listed");
    }

    @Test
    void itHangsUp() {
        smtp.script((step, exchange) -> step == Step.EHLO ? ScriptedSmtp.DROP : null);
        assertThat(scripted(Encryption.NONE, null).problem()).isEqualTo(Problem.ENDED);
    }

    @Test
    void theEncryptionThatIsRequiredIsNotOffered() {
        assertThat(scripted(Encryption.REQUIRED, null).problem()).isEqualTo(Problem.STARTTLS_NOT_OFFERED);
    }

    @Test
    void aPlainPortIsAskedToEncryptFromTheFirstByte() {
        assertThat(scripted(Encryption.IMPLICIT, null).problem()).isEqualTo(Problem.NO_TLS_THERE);
    }

    @Test
    void certificatesForAnotherNameOfUnknownIssuersAndExpiredOnesAreToldApart() {
        try (TlsSmtp other = new TlsSmtp("other.example", false, "STARTTLS");
                TlsSmtp unknown = new TlsSmtp("localhost", false, "STARTTLS");
                TlsSmtp expired = TlsSmtp.expired("localhost", "STARTTLS")) {
            assertThat(probe(access(other.port(), Encryption.REQUIRED, null), true, other.trust())
                            .problem())
                    .isEqualTo(Problem.CERTIFICATE_NAME);
            assertThat(probe(access(unknown.port(), Encryption.REQUIRED, null), true, null)
                            .problem())
                    .isEqualTo(Problem.CERTIFICATE_UNKNOWN);
            assertThat(probe(access(expired.port(), Encryption.REQUIRED, null), true, expired.trust())
                            .problem())
                    .isEqualTo(Problem.CERTIFICATE_EXPIRED);
        }
    }

    @Test
    void signingInIsNotOfferedOrOnlyInWaysWeDoNotKnow() {
        smtp.offer("PIPELINING");
        assertThat(scripted(Encryption.NONE, "ada").problem()).isEqualTo(Problem.SIGN_IN_NOT_OFFERED);
        smtp.offer("AUTH GSSAPI NTLM");
        assertThat(scripted(Encryption.NONE, "ada").problem()).isEqualTo(Problem.SIGN_IN_WAYS);
    }

    @Test
    void signingInIsRefused() {
        smtp.script((step, exchange) -> step == Step.AUTH ? "535 5.7.8 Wrong" : null);
        Finding finding = scripted(Encryption.NONE, "ada");
        assertThat(finding.problem()).isEqualTo(Problem.SIGN_IN_REFUSED);
        assertThat(finding.detail()).contains("535 5.7.8 Wrong").doesNotContain("secret");
    }

    @Test
    void theSenderOrRecipientsElsewhereAreRefused() {
        smtp.script((step, exchange) -> step == Step.MAIL ? "553 5.7.1 Not your address" : null);
        assertThat(scripted(Encryption.NONE, null).problem()).isEqualTo(Problem.SENDER_REFUSED);
        smtp.script((step, exchange) -> step == Step.RCPT ? "554 5.7.1 Relay access denied" : null);
        assertThat(scripted(Encryption.NONE, null))
                .isEqualTo(new Finding(Problem.RECIPIENT_REFUSED, "554 5.7.1 Relay access denied"));
    }
}
