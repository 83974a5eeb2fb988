package io.perennial.webhooks;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What came of sending an event once.
 *
 * @param took until the answer, or until there was none
 * @param status of the answer; nothing where there was none
 * @param problem why there was none
 * @param answer its beginning, as text without control characters
 * @param retryAfter when the other side wants to be asked again; nothing where it does not say
 */
public record WebhookAttempt(
        Instant at,
        Duration took,
        @Nullable Integer status,
        @Nullable String problem,
        @Nullable String answer,
        @Nullable Duration retryAfter) {

    public boolean isTaken() {
        return status != null && status >= 200 && status < 300;
    }

    boolean isGone() {
        return status != null && status == 410;
    }

    /** Whether it is the endpoint that cannot, rather than this event: then the others wait, too. */
    boolean isOverload() {
        return status == null || status == 429 || status == 502 || status == 503 || status == 504;
    }
}
