package io.perennial.webhooks;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where a business wants to be told what happens.
 *
 * @param stateAt since when it is so
 * @param failingSince since when nothing was taken; nothing while all is well
 * @param oldSecretUntil until when the secret before signs along; nothing if there is none
 */
public record WebhookEndpoint(
        long id,
        String url,
        String description,
        Set<EventType> types,
        State state,
        Instant stateAt,
        Instant createdAt,
        String createdBy,
        @Nullable Instant failingSince,
        @Nullable Instant oldSecretUntil) {

    /** Whether it is told, and if not, why. */
    public enum State {
        ENABLED,
        /** By staff. */
        DISABLED,
        /** It failed for days. */
        FAILING,
        /** It said 410: it is no more. */
        GONE
    }

    public WebhookEndpoint {
        types = Set.copyOf(types);
    }

    public boolean isOn() {
        return state == State.ENABLED;
    }

    /** What people call it. */
    public String name() {
        return description.isBlank() ? url : description;
    }
}
