package io.perennial.delivery.returns;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.delivery.ReturnsProperties;
import io.perennial.delivery.SentMails;
import io.perennial.delivery.SentMails.Sent;
import io.perennial.support.IntegrationTest;
import io.perennial.support.TestTenants;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** Over real sockets. */
@IntegrationTest
class ReturnsPortTest {

    private static final int LARGEST = 100_000;

    @Autowired
    Intake intake;

    @Autowired
    ReturnsProperties given;

    @Autowired
    TestTenants tenants;

    private ReturnsPort port;
    private SentMails mails;
    private Sent sent;
    private Sent elsewhere;

    @BeforeEach
    void open(@Autowired ApplicationContext application) {
        ReturnsProperties properties = new ReturnsProperties(
                "bounces.example",
                List.of(),
                5,
                Duration.ofDays(30),
                Duration.ofDays(30),
                given.mailbox(),
                new ReturnsProperties.Smtp(0, "127.0.0.1", null, null, LARGEST, 6, 4, Duration.ofSeconds(2)));
        port = new ReturnsPort(intake, properties, (javax.net.ssl.SSLSocketFactory) null);
        port.start();
        mails = new SentMails(application);
        sent = mails.run(tenants.fresh("Acme"), 1).getFirst();
        elsewhere = mails.run(tenants.fresh("Globex"), 1).getFirst();
    }

    @AfterEach
    void close() {
        port.stop();
    }

    /** A server that returns a mail, line by line. */
    private final class Peer implements AutoCloseable {

        private final Socket socket;
        private final BufferedReader in;

        Peer() throws IOException {
            socket = new Socket(InetAddress.getLoopbackAddress(), port.port());
            socket.setSoTimeout(20_000);
            in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            assertThat(answer()).startsWith("220 bounces.example");
        }

        String say(String line) throws IOException {
            write(line + "\r\n");
            return answer();
        }

        void write(String raw) throws IOException {
            socket.getOutputStream().write(raw.getBytes(StandardCharsets.UTF_8));
        }

        String answer() throws IOException {
            String line = in.readLine();
            while (line != null && line.length() > 3 && line.charAt(3) == '-') {
                line = in.readLine();
            }
            return line == null ? "closed" : line;
        }

        String send(String to, String content) throws IOException {
            say("EHLO mx.example.org");
            say("MAIL FROM:<> BODY=8BITMIME");
            String recipient = say("RCPT TO:<" + to + ">");
            if (!recipient.startsWith("250")) {
                return recipient;
            }
            assertThat(say("DATA")).startsWith("354");
            write(content.replace("\r\n.", "\r\n..") + "\r\n.\r\n");
            return answer();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    private String sample(String name, Sent about) {
        return new String(ReturnSamples.filled(name, mails.values(about)), StandardCharsets.UTF_8);
    }

    @Test
    void aBounceIsTakenAndCounted() throws Exception {
        try (Peer peer = new Peer()) {
            assertThat(peer.send(mails.verp(sent).toUpperCase(Locale.ROOT), sample("postfix-unknown", sent)))
                    .startsWith("250 ");
            assertThat(peer.send(mails.verp(sent), sample("exim", sent))).startsWith("250 ");
            assertThat(peer.say("QUIT")).startsWith("221");
        }
        assertThat(mails.progress(sent).bounced()).isEqualTo(1);
        assertThat(mails.progress(elsewhere).bounced()).isZero();
    }

    @Test
    void theRecipientSaysWhoseBounceItIsWhateverTheMailSays() throws Exception {
        try (Peer peer = new Peer()) {
            assertThat(peer.send(mails.verp(sent), sample("postfix-unknown", elsewhere)))
                    .startsWith("250 ");
        }
        assertThat(mails.progress(sent).bounced()).isEqualTo(1);
        assertThat(mails.progress(elsewhere).bounced()).isZero();
    }

    @Test
    void nobodyElsesMailIsTaken() throws Exception {
        String forged = mails.verp(sent).replaceFirst("b-.", "b-7");
        try (Peer peer = new Peer()) {
            for (String to :
                    List.of("ada@example.org", "postmaster@bounces.example", forged, "b-@bounces.example", "")) {
                assertThat(peer.send(to, "x")).startsWith("550 5.1.1");
            }
        }
        assertThat(mails.progress(sent).bounced()).isZero();
    }

    @Test
    void whoAsksForTooMuchNonsenseIsSentAway() throws Exception {
        try (Peer peer = new Peer()) {
            String last = "";
            for (int i = 0; i < 10 && !last.startsWith("421"); i++) {
                last = peer.say("NONSENSE " + i);
            }
            assertThat(last).startsWith("421");
            assertThat(peer.answer()).isEqualTo("closed");
        }
    }

    @Test
    void commandsOutOfTurnAreRefused() throws Exception {
        try (Peer peer = new Peer()) {
            assertThat(peer.say("MAIL FROM:<>")).startsWith("503");
            peer.say("EHLO x");
            assertThat(peer.say("RCPT TO:<" + mails.verp(sent) + ">")).startsWith("503");
            assertThat(peer.say("DATA")).startsWith("503");
            assertThat(peer.say("STARTTLS")).startsWith("502");
            assertThat(peer.say("MAIL FROM:<> SIZE=999999999")).startsWith("552");
        }
    }

    @Test
    void aMailThatIsTooLargeIsRefusedAndTheConversationGoesOn() throws Exception {
        try (Peer peer = new Peer()) {
            assertThat(peer.send(mails.verp(sent), "Subject: x\r\n\r\n" + "0123456789\r\n".repeat(10_000)))
                    .startsWith("552");
            assertThat(peer.send(mails.verp(sent), sample("postfix-unknown", sent)))
                    .startsWith("250");
        }
    }

    @Test
    void onlyADotBetweenProperLineEndsEndsAMail() throws Exception {
        try (Peer peer = new Peer()) {
            peer.say("EHLO x");
            peer.say("MAIL FROM:<>");
            peer.say("RCPT TO:<" + mails.verp(sent) + ">");
            peer.say("DATA");
            peer.write("Subject: a\n.\nMAIL FROM:<>\n.\r\nX: y\r\n\n.\n\r\n" + System.nanoTime() + "\r\n.\r\n");
            assertThat(peer.answer()).startsWith("250 2.0.0 Taken");
            assertThat(peer.say("NOOP")).startsWith("250");
        }
    }

    @Test
    void endlessLinesAndSilenceEndTheConnection() throws Exception {
        try (Peer peer = new Peer()) {
            peer.write("E".repeat(5_000));
            assertThat(peer.answer()).isEqualTo("closed");
        }
        try (Peer peer = new Peer()) {
            assertThat(peer.answer()).isEqualTo("closed"); // after two seconds
        }
    }

    @Test
    void oneHostMayNotTakeAllConnections() throws Exception {
        List<Peer> peers = new ArrayList<>();
        try {
            for (int i = 0; i < 4; i++) {
                peers.add(new Peer());
            }
            try (Socket fifth = new Socket(InetAddress.getLoopbackAddress(), port.port())) {
                fifth.setSoTimeout(10_000);
                assertThat(new BufferedReader(new InputStreamReader(fifth.getInputStream(), StandardCharsets.US_ASCII))
                                .readLine())
                        .startsWith("421");
            }
        } finally {
            for (Peer peer : peers) {
                peer.close();
            }
        }
    }
}
