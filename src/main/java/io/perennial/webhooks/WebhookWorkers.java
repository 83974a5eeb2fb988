package io.perennial.webhooks;

import io.perennial.accounts.ActingAs;
import io.perennial.accounts.NodeEnd;
import io.perennial.kernel.LastWork;
import io.perennial.kernel.TenantId;
import io.perennial.webhooks.WebhookQueue.Due;
import io.perennial.webhooks.WebhookQueue.Held;
import io.perennial.webhooks.WebhookQueue.Key;
import io.perennial.webhooks.WebhookQueue.Verdict;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Serves endpoints that have something due, a few of each business at once. An endpoint is left after some events, so that
 * others get their turn, and let alone for a while where it cannot keep up.
 */
@Component
@EnableConfigurationProperties(WebhookProperties.class)
class WebhookWorkers {

    private static final Logger log = LoggerFactory.getLogger(WebhookWorkers.class);

    /** Events and time of a turn. */
    private static final int TURN = 50;

    private static final long TURN_NANOS = Duration.ofSeconds(20).toNanos();
    private static final Duration LAST_CALL = Duration.ofSeconds(15);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);

    private final WebhookQueue queue;
    private final WebhookCaller caller;
    private final WebhookEnding ending;
    private final WebhookProperties properties;
    private final ObjectProvider<WebhookGate> gate;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Set<Key> served = ConcurrentHashMap.newKeySet();
    private final Map<TenantId, Integer> ofBusiness = new ConcurrentHashMap<>();
    private final NodeEnd node;

    WebhookWorkers(
            WebhookQueue queue,
            WebhookCaller caller,
            WebhookEnding ending,
            WebhookProperties properties,
            ObjectProvider<WebhookGate> gate,
            NodeEnd node) {
        this.queue = queue;
        this.caller = caller;
        this.ending = ending;
        this.properties = properties;
        this.gate = gate;
        this.node = node;
    }

    @Scheduled(initialDelayString = "5s", fixedDelayString = "${perennial.webhooks.poll:1s}")
    void poll() {
        if (properties.enabled() && !node.isNear() && served.size() < properties.workers() && isOpen()) {
            for (Key key : queue.due()) {
                if (served.size() >= properties.workers()) {
                    return;
                }
                begin(key);
            }
        }
    }

    private boolean isOpen() {
        return gate.stream().allMatch(WebhookGate::isOpen);
    }

    private void begin(Key key) {
        int others = ofBusiness.merge(key.tenant(), 1, Integer::sum);
        if (others > properties.perBusiness() || !served.add(key)) {
            leave(key.tenant());
            return;
        }
        threads.execute(() -> {
            try {
                serve(key);
            } catch (RuntimeException e) {
                log.error(
                        "Webhooks of endpoint {} of business {} stumbled; they go on when its lease ends",
                        key.endpoint(),
                        key.tenant(),
                        e);
            } finally {
                served.remove(key);
                leave(key.tenant());
            }
        });
    }

    private void leave(TenantId tenant) {
        ofBusiness.computeIfPresent(tenant, (t, count) -> count == 1 ? null : count - 1);
    }

    /** A turn of one endpoint: what is due, in order, until it stumbles. Returns how much was sent. */
    int serve(Key key) {
        return ActingAs.system(
                key.tenant(), () -> queue.take(key).map(this::turn).orElse(0));
    }

    private int turn(Held held) {
        long end = System.nanoTime() + TURN_NANOS;
        int sent = 0;
        try {
            while (sent < TURN && System.nanoTime() < end && !node.isNear()) {
                Optional<Due> due = queue.next(held);
                if (due.isEmpty() || !send(held, due.get())) {
                    break;
                }
                sent++;
            }
        } finally {
            queue.release(held);
        }
        return sent;
    }

    /** Whether the turn goes on. */
    private boolean send(Held held, Due due) {
        WebhookAttempt attempt = caller.send(held, due);
        Verdict verdict = verdict(held.key(), due, attempt);
        if (!queue.record(held, due, attempt, verdict)) {
            return false;
        }
        WebhookMeters.count(verdict);
        if (verdict.gone()) {
            ending.gone(held.key());
        } else if (!verdict.taken()) {
            ending.failed(held.key());
        }
        return !verdict.gone() && verdict.pause() == null;
    }

    private Verdict verdict(Key key, Due due, WebhookAttempt attempt) {
        if (attempt.isTaken() || attempt.isGone()) {
            return new Verdict(attempt.isTaken(), null, null, attempt.isGone());
        }
        Duration again = again(due.attempts(), attempt.retryAfter());
        return new Verdict(
                false, again, attempt.isOverload() ? pause(queue.failures(key), attempt.retryAfter()) : null, false);
    }

    private @Nullable Duration again(int attempts, @Nullable Duration wanted) {
        if (attempts >= properties.retryAfter().size()) {
            return null;
        }
        Duration wait = properties.retryAfter().get(attempts);
        Duration stretched = wait.plusMillis(ThreadLocalRandom.current().nextLong(wait.toMillis() / 5 + 1));
        return wanted != null && wanted.compareTo(stretched) > 0 ? wanted : stretched;
    }

    /** For the endpoint as a whole, so that a thousand events are not each tried in vain. */
    private static Duration pause(int failures, @Nullable Duration wanted) {
        Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(failures, 10));
        Duration bounded = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
        return wanted != null && wanted.compareTo(bounded) > 0 ? wanted : bounded;
    }

    @PreDestroy
    void stop() {
        LastWork.end(threads, LAST_CALL);
    }
}
