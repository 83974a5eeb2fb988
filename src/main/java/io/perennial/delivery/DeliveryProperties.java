package io.perennial.delivery;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How mails are sent. The server itself is that of {@code spring.mail.*}.
 *
 * @param enabled whether this node sends; another node of the installation may
 * @param workers how many connections to the server this node sends over at once
 * @param chunk how many messages a worker claims and composes at a time
 * @param step how many messages are marked together at most, fewer with a slow server: after a crash, at most {@code
 *     workers * step} are in doubt
 * @param poll how often to look for work that was released on another node or became due
 * @param lease how long a claim holds without news of its worker; must exceed five times {@code answerTimeout}
 * @param connectTimeout for reaching the server
 * @param answerTimeout for each answer of the server and each write to it
 * @param idle how long an unused connection is kept
 * @param retryAfter waits after the first, second, ... "later" (4xx) answer to a message, each stretched by up to a
 *     quarter so that not all come due at once; the last one repeats. RFC 5321 (4.5.4.1) asks for at least 30 minutes
 * @param giveUpAfter from the first attempt; then "later" becomes a failure
 * @param breakerPause first wait after the server could not be reached; doubles up to five minutes
 * @param envelopeFrom where bounces go; the sender's own address where empty
 */
@ConfigurationProperties("perennial.delivery")
public record DeliveryProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("8") int workers,
        @DefaultValue("400") int chunk,
        @DefaultValue("100") int step,
        @DefaultValue("1s") Duration poll,
        @DefaultValue("6m") Duration lease,
        @DefaultValue("10s") Duration connectTimeout,
        @DefaultValue("60s") Duration answerTimeout,
        @DefaultValue("20s") Duration idle,
        @DefaultValue({"30m", "1h", "2h", "4h", "8h"}) List<Duration> retryAfter,
        @DefaultValue("5d") Duration giveUpAfter,
        @DefaultValue("5s") Duration breakerPause,
        @Nullable String envelopeFrom) {

    public DeliveryProperties {
        if (workers < 1 || chunk < 1 || step < 1) {
            throw new IllegalArgumentException("perennial.delivery: workers, chunk and step are at least 1");
        }
        retryAfter = List.copyOf(retryAfter);
        if (retryAfter.isEmpty() || retryAfter.stream().anyMatch(wait -> !wait.isPositive())) {
            throw new IllegalArgumentException(
                    "perennial.delivery.retry-after lists one wait or more, each above zero");
        }
        if (lease.compareTo(answerTimeout.multipliedBy(5)) <= 0) {
            throw new IllegalArgumentException("perennial.delivery.lease must exceed five times answer-timeout: a "
                    + "message needs up to five answers, and a lease that ends meanwhile puts it in doubt");
        }
    }
}
