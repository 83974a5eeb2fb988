package io.perennial.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpServer;
import io.perennial.kernel.CannotStart;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BreachedPasswordsTest {

    @Test
    void eachPasswordOfAFileIsFoundAndNoOther(@TempDir Path folder) throws IOException {
        for (String end : List.of("\n", "\r\n", ":1\n", ":1234567\r\n")) {
            List<String> hashes = IntStream.range(0, 3_001)
                    .mapToObj(i -> sha1("known " + i))
                    .sorted()
                    .toList();
            Path file = Files.writeString(folder.resolve("list.txt"), String.join(end, hashes) + end);
            BreachedPasswords breached = new BreachedPasswords(new PasswordProperties(file, null));
            assertThat(IntStream.range(0, 3_001)).allMatch(i -> breached.contain("known " + i));
            assertThat(IntStream.range(0, 3_001)).noneMatch(i -> breached.contain("unknown " + i));
        }
    }

    @Test
    void anEmptyFileKnowsNothingAndAMissingOneStopsTheStart(@TempDir Path folder) throws IOException {
        Path empty = Files.createFile(folder.resolve("empty.txt"));
        assertThat(new BreachedPasswords(new PasswordProperties(empty, null)).contain("anything"))
                .isFalse();
        assertThatExceptionOfType(CannotStart.class)
                .isThrownBy(() -> new BreachedPasswords(new PasswordProperties(folder.resolve("none.txt"), null)));
    }

    @Test
    void aServiceIsAskedForARangeAndNeverForThePassword() throws IOException {
        List<String> asked = new CopyOnWriteArrayList<>();
        String known = sha1("a leaked one");
        String padding = sha1("made up");
        HttpServer service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        service.createContext("/range/", exchange -> {
            asked.add(exchange.getRequestURI().getPath());
            byte[] lines = Stream.of(known.substring(5) + ":42", padding.substring(5) + ":0")
                    .reduce("", (all, line) -> all + line + "\r\n")
                    .getBytes(StandardCharsets.US_ASCII);
            exchange.sendResponseHeaders(200, lines.length);
            exchange.getResponseBody().write(lines);
            exchange.close();
        });
        service.start();
        try {
            BreachedPasswords breached = at(service.getAddress().getPort());
            assertThat(breached.contain("a leaked one")).isTrue();
            assertThat(breached.contain("another one")).isFalse();
            assertThat(breached.contain("made up")).as("a line of padding").isFalse();
            assertThat(asked).hasSize(3).allMatch(path -> path.matches("/range/[0-9A-F]{5}"));
        } finally {
            service.stop(0);
        }
    }

    @Test
    void aServiceThatIsAwayStandsInNobodysWay() throws IOException {
        HttpServer broken = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        broken.createContext("/range/", exchange -> {
            exchange.sendResponseHeaders(503, -1);
            exchange.close();
        });
        broken.start();
        int port = broken.getAddress().getPort();
        try {
            assertThat(at(port).contain("anything")).isFalse();
        } finally {
            broken.stop(0);
        }
        assertThat(at(port).contain("anything")).isFalse();
    }

    private static BreachedPasswords at(int port) {
        return new BreachedPasswords(new PasswordProperties(null, URI.create("http://127.0.0.1:" + port + "/range/")));
    }

    private static String sha1(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().withUpperCase().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
