package io.perennial.campaigns;

import static org.awaitility.Awaitility.await;

import io.perennial.support.ChildProcess;
import io.perennial.support.FreePort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The whole console in a process of its own: its pages, Quartz, and sending. */
public final class ChildConsole implements AutoCloseable {

    private final ChildProcess process;
    private final int port;
    private final String address;
    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(5))
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();

    private ChildConsole(ChildProcess process, int port) {
        this.process = process;
        this.port = port;
        this.address = "http://127.0.0.1:" + port;
    }

    static ChildConsole start(Map<String, Object> database, int smtp, String... settings) {
        return start(null, database, smtp, settings);
    }

    /** @param log what it writes is appended there; null for a file of all consoles of this JVM */
    public static ChildConsole start(@Nullable Path log, Map<String, Object> database, int smtp, String... settings) {
        return start(FreePort.next(), log, database, smtp, settings);
    }

    /** At a port of one's choice: as the one that was there before. */
    public static ChildConsole start(
            int port, @Nullable Path log, Map<String, Object> database, int smtp, String... settings) {
        return new ChildConsole(
                ChildProcess.of("io.perennial.PerennialApplication")
                        .withoutTests()
                        .heap("512m")
                        .log(log)
                        .with(database)
                        .with(List.of(
                                "server.port=" + port,
                                "perennial.public-url=http://127.0.0.1:" + port,
                                "perennial.installation.guarded=false",
                                "spring.mail.host=127.0.0.1",
                                "spring.mail.port=" + smtp))
                        .with(List.of(settings))
                        .start(),
                port);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Until it takes requests; fails at once where it has ended. */
    public void awaitReady() {
        process.await(
                await().atMost(Duration.ofMinutes(4)),
                () -> get("/actuator/health/readiness").status() == 200);
    }

    /** Where it listens. */
    public String address() {
        return address;
    }

    /** The answer to a GET; the status 0 where there is none. */
    public Answer get(String path) {
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

    public record Answer(int status, String body) {}

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
    public void askToEnd() {
        process.askToEnd();
    }

    /** What it answers when it has ended; fails if it has not after so long. */
    public int awaitExit(Duration atMost) throws InterruptedException {
        return process.awaitEnd(atMost);
    }

    @Override
    public void close() {
        process.close();
    }
}
