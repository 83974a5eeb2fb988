package io.perennial.insights;

import io.perennial.accounts.ActingAs;
import io.perennial.accounts.Business;
import io.perennial.accounts.Businesses;
import io.perennial.accounts.NodeEnd;
import io.perennial.accounts.WorkFailed;
import io.perennial.customers.OrdersImported;
import io.perennial.kernel.LastWork;
import io.perennial.kernel.TenantId;
import io.perennial.kernel.TimeOrderedIds;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Runs what was asked for, one business at a time on this node, and asks for every business once a day after 03:00 of
 * its own clock. Which node runs a business is decided by {@link RunLedger}.
 */
@Component
class RecomputationWorker {

    /**
     * Settings.
     *
     * @param scheduled whether this node computes by itself; off in tests, which ask for what they need
     */
    @ConfigurationProperties("perennial.insights")
    record Settings(@DefaultValue("true") boolean scheduled) {}

    private static final LocalTime DAILY = LocalTime.of(3, 0);

    private final ApplicationEventPublisher events;
    private final RunLedger ledger;
    private final Recomputation recomputation;
    private final Businesses businesses;
    private final Settings settings;
    private final NodeEnd end;
    private final String node = "node-" + TimeOrderedIds.next();
    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("insights").daemon().factory());

    RecomputationWorker(
            RunLedger ledger,
            Recomputation recomputation,
            Businesses businesses,
            Settings settings,
            ApplicationEventPublisher events,
            NodeEnd end) {
        this.events = events;
        this.end = end;
        this.ledger = ledger;
        this.recomputation = recomputation;
        this.businesses = businesses;
        this.settings = settings;
    }

    /** Notes that a business's figures are wanted anew, and begins soon on another thread. */
    void request(TenantId tenant) {
        ledger.request(tenant, Instant.now());
        thread.execute(() -> runIfWaiting(tenant));
    }

    @EventListener
    void ordersCame(OrdersImported event) {
        if (settings.scheduled()) {
            request(event.tenant());
        }
    }

    /** What other nodes left, or was asked for while they ran. */
    @Scheduled(initialDelay = 20_000, fixedDelay = 20_000)
    void takeWaiting() {
        if (settings.scheduled()) {
            ledger.waiting(Instant.now()).forEach(tenant -> thread.execute(() -> runIfWaiting(tenant)));
        }
    }

    @Scheduled(initialDelay = 60_000, fixedDelay = 600_000)
    void requestDaily() {
        if (!settings.scheduled()) {
            return;
        }
        Instant now = Instant.now();
        for (TenantId tenant : businesses.atWork()) {
            Business business = businesses.require(tenant);
            Instant due = now.atZone(business.zone()).with(DAILY).toInstant();
            Instant latest = due.isAfter(now)
                    ? now.atZone(business.zone()).minusDays(1).with(DAILY).toInstant()
                    : due;
            boolean done = ledger.find(tenant, now)
                    .map(s -> s.underWay()
                            || (s.finishedAt() != null && s.finishedAt().isAfter(latest)))
                    .orElse(false);
            if (!done) {
                ledger.request(tenant, now);
            }
        }
    }

    /** Runs on this thread what is waiting for a business; nothing where another node has it. */
    void runIfWaiting(TenantId tenant) {
        while (!end.isNear() && ledger.claim(tenant, node, Instant.now())) {
            String failure = null;
            try {
                ActingAs.system(tenant, recomputation::run);
            } catch (RuntimeException e) {
                events.publishEvent(
                        new WorkFailed("RecomputationWorker.takeWaiting", "the insights of business " + tenant, e));
                failure = e.toString().substring(0, Math.min(500, e.toString().length()));
            }
            ledger.finish(tenant, node, Instant.now(), failure);
        }
    }

    @PreDestroy
    void stop() {
        LastWork.end(thread, Duration.ofSeconds(5));
    }
}
