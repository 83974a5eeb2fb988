package io.perennial.campaigns;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** The whole console in a process of its own: its pages, Quartz, and sending. */
final class ChildConsole implements AutoCloseable {

    private final Process process;
    private final int port;
    private final String address;
    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(5))
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();

    private ChildConsole(Process process, int port) {
        this.process = process;
        this.port = port;
        this.address = "http://127.0.0.1:" + port;
    }

    static ChildConsole start(Map<String, Object> database, int smtp, String... settings) {
        return start(Path.of("target", "child-console.log"), database, smtp, settings);
    }

    /** @param log what it writes is appended there */
    static ChildConsole start(Path log, Map<String, Object> database, int smtp, String... settings) {
        int port = freePort();
        // Without the tests' classes, whose components would be found too.
        String classes = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.endsWith("test-classes") && !entry.endsWith("test-classes/"))
                .collect(Collectors.joining(File.pathSeparator));
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "-Xmx512m",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                classes));
        database.forEach((key, value) -> command.add("-D" + key + "=" + value));
        command.addAll(List.of(
                "-Dserver.port=" + port,
                "-Dperennial.public-url=http://127.0.0.1:" + port,
                "-Dperennial.installation.guarded=false",
                "-Dspring.mail.host=127.0.0.1",
                "-Dspring.mail.port=" + smtp));
        for (String setting : settings) {
            command.add("-D" + setting);
        }
        command.add("io.perennial.PerennialApplication");
        try {
            return new ChildConsole(
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                            .start(),
                    port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** The answer to a GET; the status 0 where there is none. */
    Answer get(String path) {
        try {
            HttpResponse<String> response = http.send(
                    HttpRequest.newBuilder(URI.create(address + path))
                            .timeout(Duration.ofMinutes(2))
                            .header("Accept", "text/html,*/*")
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.body());
        } catch (IOException e) {
            return new Answer(0, String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Answer(0, "interrupted");
        }
    }

    record Answer(int status, String body) {}

    /** A request of a program, with its key; the status 0 where there is no answer. */
    CompletableFuture<Answer> program(String method, String path, String key, String type, byte[] body) {
        return http.sendAsync(
                        HttpRequest.newBuilder(URI.create(address + path))
                                .timeout(Duration.ofMinutes(2))
                                .header("Authorization", "Bearer " + key)
                                .header("Content-Type", type)
                                .method(method, HttpRequest.BodyPublishers.ofByteArray(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .handle((response, failure) -> failure == null
                        ? new Answer(response.statusCode(), response.body())
                        : new Answer(0, failure.toString()));
    }

    /** Whether its port takes no new connection. */
    boolean isClosed() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 2000);
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    /** SIGTERM. */
    void askToEnd() {
        process.destroy();
    }

    /** What it answers when it has ended; fails if it has not after so long. */
    int awaitExit(Duration atMost) throws InterruptedException {
        assertThat(process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS))
                .as("the console ended within %s", atMost)
                .isTrue();
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
