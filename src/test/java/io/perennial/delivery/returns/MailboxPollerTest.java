package io.perennial.delivery.returns;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.store.MailFolder;
import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.perennial.delivery.ReturnsProperties.Mailbox;
import io.perennial.delivery.ReturnsProperties.Protocol;
import io.perennial.delivery.ReturnsProperties.Security;
import io.perennial.delivery.SentMails;
import io.perennial.delivery.SentMails.Sent;
import io.perennial.support.IntegrationTest;
import io.perennial.support.TestTenants;
import io.perennial.support.TlsSmtp;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** With a real mail server. */
@IntegrationTest
class MailboxPollerTest {

    private static final KeyStore KEYS = keys();

    @Autowired
    Intake intake;

    @Autowired
    ReturnSources sources;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TestTenants tenants;

    private GreenMail server;
    private GreenMailUser user;
    private SentMails mails;
    private List<Sent> run;
    private List<Sent> elsewhere;

    @BeforeEach
    void prepare(@Autowired ApplicationContext application) {
        jdbc.sql("DELETE FROM return_source WHERE name = 'MAILBOX'").update();
        sources.asked(ReturnSource.SMTP, null);
        server = new GreenMail(new ServerSetup[] {
            new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_IMAP),
            new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_IMAPS),
            new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_POP3),
            new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_POP3S)
        });
        server.start();
        user = server.setUser("returns@bounces.example", "returns", "secret");
        mails = new SentMails(application);
        run = mails.run(tenants.fresh("Acme"), 5);
        elsewhere = mails.run(tenants.fresh("Globex"), 1);
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    private void deliver(byte[] mail) throws Exception {
        user.deliver(new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(mail)));
    }

    private void deliverAll() throws Exception {
        for (Sent sent : run) {
            deliver(ReturnSamples.filled("postfix-unknown", mails.values(sent)));
        }
        deliver(ReturnSamples.filled("arf-redacted", mails.values(elsewhere.getFirst())));
        deliver(("Subject: nobody knows\r\n\r\n" + System.nanoTime()).getBytes(StandardCharsets.US_ASCII));
        deliver(("Content-Type: message/rfc822\r\n\r\n".repeat(30) + System.nanoTime())
                .getBytes(StandardCharsets.US_ASCII));
    }

    private Mailbox settings(Protocol protocol, Security security, @Nullable String handled, String password) {
        int port = switch (protocol) {
            case IMAP -> (security == Security.TLS ? server.getImaps() : server.getImap()).getPort();
            case POP3 -> (security == Security.TLS ? server.getPop3s() : server.getPop3()).getPort();
        };
        return new Mailbox(
                "localhost",
                port,
                protocol,
                security,
                "returns",
                password,
                "INBOX",
                handled,
                null,
                Duration.ofMinutes(1),
                Duration.ofSeconds(10),
                1 << 20);
    }

    private MailboxPoller poller(Protocol protocol, Security security, @Nullable String handled) {
        return new MailboxPoller(intake, sources, settings(protocol, security, handled, "secret"), trusting());
    }

    /** The server shows a certificate for its name, which GreenMail's own is not. */
    private static KeyStore keys() {
        try (TlsSmtp maker = new TlsSmtp("localhost", true)) {
            Path file = Files.createTempFile("greenmail", ".p12");
            try (OutputStream out = Files.newOutputStream(file)) {
                maker.keys().store(out, "changeit".toCharArray());
            }
            System.setProperty("greenmail.tls.keystore.file", file.toString());
            System.setProperty("greenmail.tls.keystore.password", "changeit");
            return maker.trust();
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static SSLSocketFactory trusting() {
        try {
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(KEYS);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context.getSocketFactory();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aServerWhoseCertificateNobodyVouchesForIsNotTalkedTo() throws Exception {
        deliverAll();
        Mailbox tls = settings(Protocol.IMAP, Security.TLS, null, "secret");
        assertThat(new MailboxPoller(intake, sources, tls, null).ask()).isZero();
        assertThat(sources.state(ReturnSource.MAILBOX).orElseThrow().error()).contains("PKIX");
        assertThat(folder("INBOX").getMessageCount()).isEqualTo(8);
    }

    private MailFolder folder(String name) throws Exception {
        return name.equals("INBOX")
                ? server.getManagers().getImapHostManager().getInbox(user)
                : server.getManagers().getImapHostManager().getFolder(user, name);
    }

    @ParameterizedTest
    @CsvSource({"IMAP, NONE", "IMAP, TLS", "POP3, NONE", "POP3, TLS"})
    void whatCameBackIsCountedAndLeavesTheMailbox(Protocol protocol, Security security) throws Exception {
        deliverAll();
        MailboxPoller poller = poller(protocol, security, null);
        assertThat(poller.ask()).isEqualTo(8);
        assertThat(mails.progress(run.getFirst()).bounced()).isEqualTo(5);
        assertThat(mails.progress(elsewhere.getFirst()).complained()).isEqualTo(1);
        assertThat(folder("INBOX").getMessageCount()).isZero();
        ReturnSources.State state = sources.state(ReturnSource.MAILBOX).orElseThrow();
        assertThat(state.error()).isNull();
        assertThat(state.counted()).isEqualTo(6);
        assertThat(state.quarantined()).isEqualTo(2);
        assertThat(poller.ask()).isZero();
    }

    @Test
    void whatIsHandledMovesWhereItIsToldTo() throws Exception {
        deliverAll();
        assertThat(poller(Protocol.IMAP, Security.NONE, "Handled").ask()).isEqualTo(8);
        assertThat(folder("INBOX").getMessageCount()).isZero();
        assertThat(folder("Handled").getMessageCount()).isEqualTo(8);
    }

    @Test
    void afterACrashBeforeTheMailboxWasTidiedNothingIsCountedTwice() throws Exception {
        deliverAll();
        byte[][] before = new byte[5][];
        for (int i = 0; i < 5; i++) {
            before[i] = ReturnSamples.filled("postfix-unknown", mails.values(run.get(i)));
        }
        assertThat(poller(Protocol.IMAP, Security.NONE, null).ask()).isEqualTo(8);
        for (byte[] mail : before) { // as if they had never been deleted
            deliver(mail);
        }
        assertThat(poller(Protocol.IMAP, Security.NONE, null).ask()).isEqualTo(5);
        assertThat(mails.progress(run.getFirst()).bounced()).isEqualTo(5);
        assertThat(sources.state(ReturnSource.MAILBOX).orElseThrow().repeated()).isEqualTo(5);
    }

    @Test
    void whatIsKnownToBeHandledIsOnlyTakenAway() throws Exception {
        deliverAll();
        long validity = folder("INBOX").getUidValidity();
        assertThat(sources.hold(Duration.ofMinutes(1))).isPresent();
        sources.handled(new ReturnSources.Handled(validity, 8));
        assertThat(poller(Protocol.IMAP, Security.NONE, null).ask()).isEqualTo(8);
        assertThat(folder("INBOX").getMessageCount()).isZero();
        assertThat(mails.progress(run.getFirst()).bounced()).isZero();
    }

    @Test
    void oneNodeAtATime() throws Exception {
        deliverAll();
        ReturnSources other = new ReturnSources(jdbc);
        assertThat(other.hold(Duration.ofMinutes(5))).isPresent();
        assertThat(poller(Protocol.IMAP, Security.NONE, null).ask()).isZero();
        assertThat(folder("INBOX").getMessageCount()).isEqualTo(8);
        other.release();
        assertThat(poller(Protocol.IMAP, Security.NONE, null).ask()).isEqualTo(8);
    }

    @Test
    void aServerThatRefusesIsWrittenDownAndTriedAgain() throws Exception {
        deliverAll();
        Mailbox wrong = settings(Protocol.IMAP, Security.NONE, null, "wrong");
        MailboxPoller poller = new MailboxPoller(intake, sources, wrong, null);
        assertThat(poller.ask()).isZero();
        assertThat(sources.state(ReturnSource.MAILBOX).orElseThrow().error()).isNotBlank();
        server.stop();
        assertThat(poller.ask()).isZero();
        server.start();
        assertThat(wrong.toString()).doesNotContain("wrong");
    }
}
