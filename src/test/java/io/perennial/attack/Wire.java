package io.perennial.attack;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Speaks HTTP without a library's good manners: any header, any order, anything malformed. Keeps cookies if asked to. */
final class Wire {

    private static final Pattern CSRF = Pattern.compile("name=\"_csrf\"(?: content| value)=\"([^\"]+)\"");

    private final int port;
    private final Map<String, String> cookies = new LinkedHashMap<>();

    Wire(int port) {
        this.port = port;
    }

    /** Another browser. */
    Wire stranger() {
        return new Wire(port);
    }

    Answer get(String path, String... headers) throws IOException {
        return send("GET", path, "", headers);
    }

    Answer post(String path, String form, String... headers) throws IOException {
        List<String> all = new ArrayList<>(List.of("Content-Type: application/x-www-form-urlencoded"));
        all.addAll(Arrays.asList(headers));
        return send("POST", path, form, all.toArray(String[]::new));
    }

    Answer send(String method, String path, String body, String... headers) throws IOException {
        StringBuilder request = new StringBuilder(method + " " + path + " HTTP/1.1\r\n");
        if (Arrays.stream(headers).noneMatch(header -> header.startsWith("Host:"))) {
            request.append("Host: console.example\r\n");
        }
        if (Arrays.stream(headers).noneMatch(header -> header.startsWith("X-Forwarded-Proto:"))) {
            request.append("X-Forwarded-Proto: https\r\n");
        }
        for (String header : headers) {
            request.append(header).append("\r\n");
        }
        if (!cookies.isEmpty()) {
            List<String> pairs = new ArrayList<>();
            cookies.forEach((name, value) -> pairs.add(name + "=" + value));
            request.append("Cookie: ").append(String.join("; ", pairs)).append("\r\n");
        }
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > 0 || !method.equals("GET")) {
            request.append("Content-Length: ").append(bytes.length).append("\r\n");
        }
        Answer answer =
                raw(request.append("Connection: close\r\n\r\n").append(body).toString());
        answer.all("Set-Cookie").forEach(this::keep);
        return answer;
    }

    /** Sends just that and reads until the other side ends, or says nothing for ten seconds. */
    Answer raw(String bytes) throws IOException {
        try (Socket socket = new Socket("localhost", port)) {
            socket.setSoTimeout(10_000);
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            try {
                socket.getOutputStream().write(bytes.getBytes(StandardCharsets.UTF_8));
                socket.getOutputStream().flush();
                InputStream in = socket.getInputStream();
                byte[] buffer = new byte[8192];
                for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                    all.write(buffer, 0, n);
                    if (new Answer(all.toString(StandardCharsets.UTF_8)).isWhole()) {
                        break;
                    }
                }
            } catch (SocketTimeoutException e) {
                // What came, came.
            } catch (IOException e) {
                if (all.size() == 0) {
                    throw e;
                }
            }
            return new Answer(all.toString(StandardCharsets.UTF_8));
        }
    }

    private void keep(String cookie) {
        String pair = cookie.split(";")[0];
        int equals = pair.indexOf('=');
        if (pair.length() == equals + 1) {
            cookies.remove(pair.substring(0, equals));
        } else {
            cookies.put(pair.substring(0, equals), pair.substring(equals + 1));
        }
    }

    void plant(String name, String value) {
        cookies.put(name, value);
    }

    Optional<String> cookie(String name) {
        return Optional.ofNullable(cookies.get(name));
    }

    /** Signs in by the form, as a browser does. */
    Answer signIn(String email, String password, String... headers) throws IOException {
        String token = get("/login").csrf().orElseThrow();
        return post(
                "/login",
                "username=" + encoded(email) + "&password=" + encoded(password) + "&_csrf=" + encoded(token),
                headers);
    }

    static String encoded(String text) {
        return java.net.URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** What came back. */
    record Answer(String text) {

        int status() {
            Matcher line = Pattern.compile("^HTTP/1\\.1 (\\d{3})").matcher(text);
            return line.find() ? Integer.parseInt(line.group(1)) : 0;
        }

        String head() {
            int end = text.indexOf("\r\n\r\n");
            return end < 0 ? text : text.substring(0, end);
        }

        String body() {
            int end = text.indexOf("\r\n\r\n");
            return end < 0 ? "" : text.substring(end + 4);
        }

        /** As far as it says itself. */
        boolean isWhole() {
            String length = header("Content-Length");
            return text.contains("\r\n\r\n")
                    && !length.isEmpty()
                    && body().getBytes(StandardCharsets.UTF_8).length >= Integer.parseInt(length);
        }

        List<String> all(String header) {
            String prefix = header.toLowerCase(Locale.ROOT) + ':';
            return head().lines()
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(prefix))
                    .map(line -> line.substring(prefix.length()).strip())
                    .toList();
        }

        String header(String name) {
            return all(name).isEmpty() ? "" : all(name).getFirst();
        }

        Optional<String> csrf() {
            Matcher found = CSRF.matcher(text);
            return found.find() ? Optional.of(found.group(1)) : Optional.empty();
        }

        @Override
        public String toString() {
            return head() + "\n\n" + body().substring(0, Math.min(400, body().length()));
        }
    }
}
