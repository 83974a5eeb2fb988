package io.perennial.webhooks;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event on its way to an endpoint.
 *
 * @param type as it is sent
 * @param at when it happened
 * @param dueAt when it is tried next; nothing once it is over
 * @param triedAt the last time; nothing if it was never tried
 * @param lastStatus of the last answer; nothing where there was none
 */
public record WebhookDelivery(
        long event,
        String type,
        Instant at,
        State state,
        int attempts,
        @Nullable Instant dueAt,
        @Nullable Instant triedAt,
        @Nullable Integer lastStatus,
        @Nullable String lastProblem) {

    /** How far it is. */
    public enum State {
        WAITING,
        DELIVERED,
        FAILED
    }
}
