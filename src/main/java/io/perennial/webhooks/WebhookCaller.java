package io.perennial.webhooks;

import io.perennial.outside.NotOutside;
import io.perennial.outside.OutsideAnswer;
import io.perennial.outside.OutsideHttp;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Sends one event to one endpoint, signed. */
@Component
class WebhookCaller {

    /** Of the answer. */
    private static final int SHOWN = 2_000;

    private static final int LONGEST_PROBLEM = 300;
    private static final Duration LONGEST_PAUSE = Duration.ofHours(24);

    private final OutsideHttp http;

    WebhookCaller(OutsideHttp http) {
        this.http = http;
    }

    /** The headers of a request, without those of every one. */
    static Map<String, String> headers(WebhookQueue.Held held, WebhookQueue.Due due, Instant now) {
        String id = "msg_" + due.event();
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", "application/json");
        headers.put("User-Agent", "Perennial-Webhooks/1");
        headers.put("webhook-id", id);
        headers.put("webhook-timestamp", Long.toString(now.getEpochSecond()));
        headers.put(
                "webhook-signature",
                held.signing().stream()
                        .map(secret -> secret.sign(id, now.getEpochSecond(), due.payload()))
                        .collect(Collectors.joining(" ")));
        return headers;
    }

    WebhookAttempt send(WebhookQueue.Held held, WebhookQueue.Due due) {
        Instant now = Instant.now();
        long start = System.nanoTime();
        try {
            OutsideAnswer answer = http.send(
                    "POST",
                    held.url(),
                    headers(held, due, now),
                    due.payload().getBytes(StandardCharsets.UTF_8),
                    SHOWN * 4);
            return new WebhookAttempt(
                    now,
                    Duration.ofNanos(System.nanoTime() - start),
                    answer.status(),
                    null,
                    clean(answer.body()),
                    retryAfter(answer.headers().get("retry-after"), now));
        } catch (IOException e) {
            String problem = problem(e);
            return new WebhookAttempt(
                    now,
                    Duration.ofNanos(System.nanoTime() - start),
                    null,
                    problem.length() > LONGEST_PROBLEM ? problem.substring(0, LONGEST_PROBLEM) : problem,
                    null,
                    null);
        }
    }

    private static String problem(IOException e) {
        return switch (e) {
            case NotOutside refused -> String.valueOf(refused.getMessage());
            case ConnectException _ -> "Nobody answers there";
            case SocketTimeoutException _ -> "No connection in time";
            case SSLException _ -> "The encryption failed: " + e.getMessage();
            default -> e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        };
    }

    /** What a browser, a terminal or a log might act on is left out. */
    static String clean(byte[] body) {
        StringBuilder text = new StringBuilder();
        new String(body, StandardCharsets.UTF_8)
                .codePoints()
                .filter(c -> c == '\n' || c == '\t' || !isOdd(c))
                .limit(SHOWN / 2)
                .forEach(text::appendCodePoint);
        return text.toString();
    }

    private static boolean isOdd(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> true;
            default -> false;
        };
    }

    /** In seconds or as a date (RFC 9110, 10.2.3); a day at most. */
    static @Nullable Duration retryAfter(@Nullable String header, Instant now) {
        if (header == null) {
            return null;
        }
        try {
            Duration wait = header.matches("\\d{1,9}")
                    ? Duration.ofSeconds(Long.parseLong(header))
                    : Duration.between(
                            now,
                            ZonedDateTime.parse(header, DateTimeFormatter.RFC_1123_DATE_TIME)
                                    .toInstant());
            return wait.isNegative() ? Duration.ZERO : wait.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : wait;
        } catch (DateTimeParseException e) {
            return null;
        }
    }
}
