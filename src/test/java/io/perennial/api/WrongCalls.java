package io.perennial.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A program that sends requests to the running API, also such as no client would let it. */
final class WrongCalls {

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final int port;
    private @Nullable String key;

    WrongCalls(int port) {
        this.port = port;
    }

    /** @param status 0 where no answer came */
    record Answer(int status, String type, String body) {
        @Override
        public String toString() {
            return status + " " + type + " " + body.substring(0, Math.min(300, body.length()));
        }
    }

    /** From now on. */
    void use(String key) {
        this.key = key;
    }

    String key() {
        return key;
    }

    /** With its own key, if it has one by now. */
    Answer ask(String method, String path, @Nullable String type, @Nullable String body) {
        return ask(method, path, type, body == null ? null : body.getBytes(UTF_8), key, Map.of());
    }

    /** @param with the key; null for none */
    Answer ask(
            String method,
            String path,
            @Nullable String type,
            byte @Nullable [] body,
            @Nullable String with,
            Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/api/v1" + path))
                .timeout(Duration.ofMinutes(1))
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
        if (with != null) {
            request.header("Authorization", "Bearer " + with);
        }
        if (type != null) {
            request.header("Content-Type", type);
        }
        headers.forEach(request::setHeader);
        try {
            HttpResponse<String> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(
                    answer.statusCode(),
                    answer.headers().firstValue("Content-Type").orElse(""),
                    answer.body());
        } catch (IOException e) {
            return new Answer(0, "", e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** What no client with manners sends. */
    Answer raw(String line) {
        try (Socket socket = new Socket("localhost", port)) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream()
                    .write((line + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + key
                                    + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                            .getBytes(UTF_8));
            InputStream in = socket.getInputStream();
            String all = new String(in.readAllBytes(), UTF_8);
            Matcher status = Pattern.compile("^HTTP/1\\.1 (\\d{3})").matcher(all);
            Matcher type = Pattern.compile("(?i)\r\nContent-Type: ([^\r]*)").matcher(all);
            int body = all.indexOf("\r\n\r\n");
            return new Answer(
                    status.find() ? Integer.parseInt(status.group(1)) : 0,
                    type.find() ? type.group(1) : "",
                    body < 0 ? "" : unchunked(all.substring(body + 4)));
        } catch (IOException e) {
            return new Answer(0, "", e.toString());
        }
    }

    private static String unchunked(String body) {
        Matcher chunk =
                Pattern.compile("^[0-9a-f]+\r\n(.*?)\r\n0\r\n", Pattern.DOTALL).matcher(body);
        return chunk.find() ? chunk.group(1) : body;
    }
}
