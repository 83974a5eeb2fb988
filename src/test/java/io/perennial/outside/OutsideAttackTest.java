package io.perennial.outside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.perennial.support.TlsSmtp;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

/**
 * A tenant tries to have us speak to our own surroundings: with a name server of theirs that answers as they like, and a
 * web server on this machine that must hear nothing.
 */
class OutsideAttackTest {

    private final LocalWeb inside = new LocalWeb("127.0.0.1", null);
    private final LocalWeb allowed = new LocalWeb();

    @AfterEach
    void stop() {
        inside.close();
        allowed.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.1.2.3",
                "0.0.0.0",
                "[::1]",
                "[::]",
                "[::ffff:127.0.0.1]",
                "[::ffff:7f00:1]",
                "[::127.0.0.1]",
                "[64:ff9b::7f00:1]",
                "[64:ff9b::10.0.0.1]",
                "[64:ff9b:1::7f00:1]",
                "[2002:7f00:1::]",
                "10.0.0.1",
                "172.16.0.1",
                "192.168.1.1",
                "100.64.0.1",
                "169.254.169.254",
                "100.100.100.200",
                "168.63.129.16",
                "192.0.0.192",
                "[fd00:ec2::254]",
                "[fe80::1]",
                "[fec0::1]",
                "224.0.0.1",
                "[ff02::1]",
                "255.255.255.255",
                "240.0.0.1",
                "198.18.0.1",
                "localhost"
            })
    void nothingOfOurSurroundingsIsSpokenTo(String host) {
        assertThatThrownBy(() -> http(null).send("POST", url("https", host, 443), Map.of(), new byte[0], 100))
                .isInstanceOfSatisfying(
                        NotOutside.class, e -> assertThat(e.reason()).isEqualTo(NotOutside.Reason.PRIVATE));
        assertThatThrownBy(() -> http(null).send("POST", url("http", host, inside.port()), Map.of(), new byte[0], 100))
                .isInstanceOf(NotOutside.class);
        assertThat(inside.asked()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ftp://shop.example/",
                "file:///etc/passwd",
                "https:///x",
                "https://ada:secret@shop.example/",
                "https://shop.example/#part",
                "https://2130706433/",
                "https://0x7f000001/",
                "https://0x7f.1/",
                "https://0177.0.0.1/",
                "https://127.1/",
                "https://shop.example:0/",
                "https://shop.example:70000/",
                "https://shop.example\\@127.0.0.1/",
                "https://shop.example/a b",
                "https://shop.example/\r\nX: y",
                "//shop.example/",
                "https://[::1%25lo]/",
                "gopher://shop.example/",
                "https://127.0.0.1./"
            })
    void whatIsReadDifferentlyByDifferentProgramsIsNoAddress(String typed) {
        assertThatThrownBy(() -> OutsideHosts.parse(typed))
                .isInstanceOfSatisfying(
                        NotOutside.class, e -> assertThat(e.reason()).isEqualTo(NotOutside.Reason.MALFORMED));
    }

    @Test
    void aNameThatTurnsIntoThisMachineTheNextTimeIsAskedForOnce() throws Exception {
        // The first answer is allowed, every later one leads to what nobody may reach.
        try (Names names = new Names(n -> List.of(n == 1 ? "127.77.0.1" : "127.0.0.1"))) {
            OutsideAnswer answer = http(names)
                    .send(
                            "POST",
                            url("http", "rebinding.example", allowed.port()),
                            Map.of(),
                            "{}".getBytes(java.nio.charset.StandardCharsets.UTF_8),
                            100);
            assertThat(answer.status()).isEqualTo(204);
            assertThat(allowed.asked()).hasSize(1);
            assertThat(allowed.asked().getFirst().headers().get("host"))
                    .isEqualTo("rebinding.example:" + allowed.port());
            assertThat(names.asked()).isEqualTo(1);
            assertThatThrownBy(() -> http(names)
                            .send("POST", url("http", "rebinding.example", inside.port()), Map.of(), new byte[0], 100))
                    .isInstanceOf(NotOutside.class);
            assertThat(inside.asked()).isEmpty();
        }
    }

    @Test
    void oneBadAddressAmongGoodOnesIsEnoughToRefuse() throws Exception {
        try (Names names = new Names(n -> List.of("127.77.0.1", "127.0.0.1"))) {
            assertThatThrownBy(() -> hosts(names).find("mixed.example")).isInstanceOf(NotOutside.class);
        }
    }

    @Test
    void aNameOfTheOpenInternetNeedsHttpsAndAUsualPort() throws Exception {
        try (Names names = new Names(n -> List.of("93.184.216.34"))) {
            assertThat(hosts(names)
                            .find(URI.create("https://shop.example/hooks"))
                            .address())
                    .isEqualTo(InetAddress.ofLiteral("93.184.216.34"));
            assertThatThrownBy(() -> hosts(names).find(URI.create("http://shop.example/hooks")))
                    .isInstanceOfSatisfying(
                            NotOutside.class, e -> assertThat(e.reason()).isEqualTo(NotOutside.Reason.NOT_HTTPS));
            assertThatThrownBy(() -> hosts(names).find(URI.create("https://shop.example:3306/hooks")))
                    .isInstanceOfSatisfying(
                            NotOutside.class, e -> assertThat(e.reason()).isEqualTo(NotOutside.Reason.PORT));
        }
    }

    @Test
    void aRedirectIsAnAnswerAndNotFollowed() throws Exception {
        allowed.script(request ->
                new LocalWeb.Told(302, Map.of("Location", "http://127.0.0.1:" + inside.port() + "/admin"), ""));
        assertThat(http(null)
                        .send("POST", allowed.url("/hooks"), Map.of(), new byte[0], 100)
                        .status())
                .isEqualTo(302);
        assertThat(inside.asked()).isEmpty();
    }

    @Test
    void aHugeAnswerIsReadNoFurtherThanWanted() throws Exception {
        allowed.script(request -> new LocalWeb.Told(200, Map.of(), "x".repeat(5_000_000)));
        assertThat(http(null)
                        .send("POST", allowed.url("/"), Map.of(), new byte[0], 2_000)
                        .body())
                .hasSize(2_000);
    }

    /** A byte a second would never be a time-out of reading. */
    @Test
    void whoDripsIsLeftInTime() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.ofLiteral("127.77.0.2"))) {
            Thread.startVirtualThread(() -> {
                try (Socket socket = server.accept()) {
                    for (int i = 0; i < 100; i++) {
                        socket.getOutputStream().write('H');
                        Thread.sleep(100);
                    }
                } catch (IOException | InterruptedException e) {
                    // The other side left.
                }
            });
            long start = System.nanoTime();
            assertThatThrownBy(() -> http(null)
                            .send("POST", url("http", "127.77.0.2", server.getLocalPort()), Map.of(), new byte[0], 9))
                    .isInstanceOf(InterruptedIOException.class);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(8));
        }
    }

    @Test
    void aHeaderCannotBecomeTwo() {
        assertThatThrownBy(() ->
                        http(null).send("POST", allowed.url("/"), Map.of("X", "a\r\nHost: other"), new byte[0], 100))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(allowed.asked()).isEmpty();
    }

    @Test
    void theCertificateIsOfTheHostThatWasNamed() throws Exception {
        try (TlsSmtp maker = new TlsSmtp("shop.example", true);
                LocalWeb web = new LocalWeb("127.77.0.1", server(maker));
                Names names = new Names(n -> List.of("127.77.0.1"))) {
            OutsideHttp http =
                    new OutsideHttp(hosts(names), properties(), trusting(maker).getSocketFactory());
            assertThat(http.send("POST", url("https", "shop.example", web.port()), Map.of(), new byte[0], 9)
                            .status())
                    .isEqualTo(204);
            assertThatThrownBy(() ->
                            http.send("POST", url("https", "other.example", web.port()), Map.of(), new byte[0], 9))
                    .isInstanceOf(SSLHandshakeException.class);
        }
    }

    private static SSLContext server(TlsSmtp maker) throws Exception {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(maker.keys(), "changeit".toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    private static SSLContext trusting(TlsSmtp maker) throws Exception {
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(maker.trust());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    private static URI url(String scheme, String host, int port) {
        return URI.create(scheme + "://" + host + ":" + port + "/hooks");
    }

    private static OutsideProperties properties() {
        return new OutsideProperties(
                List.of("127.77.0.0/16"), Set.of(80, 443), Duration.ofSeconds(1), Duration.ofSeconds(2));
    }

    private static OutsideHosts hosts(Names names) {
        return new OutsideHosts(properties(), names == null ? InetAddress::getAllByName : names);
    }

    private static OutsideHttp http(Names names) {
        return new OutsideHttp(hosts(names), properties(), (javax.net.ssl.SSLSocketFactory)
                javax.net.ssl.SSLSocketFactory.getDefault());
    }

    /** A name server, asked by real packets; every name is answered alike, by the number of the question. */
    private static final class Names implements OutsideHosts.Lookup, AutoCloseable {

        private final DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        private final AtomicInteger asked = new AtomicInteger();

        Names(IntFunction<List<String>> answers) throws IOException {
            Thread.startVirtualThread(() -> {
                byte[] buffer = new byte[1_500];
                while (!socket.isClosed()) {
                    try {
                        DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
                        socket.receive(packet);
                        Message query = new Message(Arrays.copyOf(packet.getData(), packet.getLength()));
                        Message answer = new Message(query.getHeader().getID());
                        answer.getHeader().setFlag(Flags.QR);
                        answer.addRecord(query.getQuestion(), Section.QUESTION);
                        for (String address : answers.apply(asked.incrementAndGet())) {
                            answer.addRecord(
                                    new ARecord(
                                            query.getQuestion().getName(),
                                            DClass.IN,
                                            0,
                                            InetAddress.ofLiteral(address)),
                                    Section.ANSWER);
                        }
                        byte[] wire = answer.toWire();
                        socket.send(new DatagramPacket(wire, wire.length, packet.getSocketAddress()));
                    } catch (IOException e) {
                        // Closed.
                    }
                }
            });
        }

        int asked() {
            return asked.get();
        }

        @Override
        public InetAddress[] of(String host) throws UnknownHostException {
            try {
                SimpleResolver resolver =
                        new SimpleResolver(new InetSocketAddress(socket.getLocalAddress(), socket.getLocalPort()));
                Message answer = resolver.send(
                        Message.newQuery(Record.newRecord(Name.fromString(host + "."), Type.A, DClass.IN)));
                return answer.getSection(Section.ANSWER).stream()
                        .map(record -> ((ARecord) record).getAddress())
                        .toArray(InetAddress[]::new);
            } catch (IOException e) {
                throw new UnknownHostException(host);
            }
        }

        @Override
        public void close() {
            socket.close();
        }
    }
}
