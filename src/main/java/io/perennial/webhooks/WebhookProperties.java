package io.perennial.webhooks;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How webhooks are sent.
 *
 * @param enabled whether this node sends them; another node of the installation may
 * @param workers how many endpoints this node serves at once
 * @param perBusiness how many of them may be one business's
 * @param poll how often to look for what is due
 * @param lease how long a worker has an endpoint without a sign of life; must exceed twice {@code
 *     perennial.outside.timeout}
 * @param retryAfter waits after the first, second, ... failure, each stretched by up to a fifth; after the last it has
 *     failed
 * @param disableAfter how long an endpoint may fail without a single success before nothing is sent to it any more
 * @param overlap how long the secret before signs along after a new one was made
 * @param kept how long events and what came of them are kept
 */
@ConfigurationProperties("perennial.webhooks")
public record WebhookProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("16") int workers,
        @DefaultValue("2") int perBusiness,
        @DefaultValue("1s") Duration poll,
        @DefaultValue("60s") Duration lease,

        @DefaultValue({"5s", "5m", "30m", "2h", "5h", "10h", "14h", "20h", "24h"})
        List<Duration> retryAfter,

        @DefaultValue("5d") Duration disableAfter,
        @DefaultValue("24h") Duration overlap,
        @DefaultValue("30d") Duration kept) {

    public WebhookProperties {
        retryAfter = List.copyOf(retryAfter);
        if (workers < 1 || perBusiness < 1 || retryAfter.isEmpty()) {
            throw new IllegalArgumentException(
                    "perennial.webhooks: workers and per-business are at least 1, and retry-after lists a wait");
        }
    }
}
