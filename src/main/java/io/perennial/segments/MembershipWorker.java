package io.perennial.segments;

import io.perennial.accounts.ActingAs;
import io.perennial.accounts.Businesses;
import io.perennial.accounts.NodeEnd;
import io.perennial.accounts.WorkFailed;
import io.perennial.customers.CustomerChanges;
import io.perennial.kernel.LastWork;
import io.perennial.kernel.TenantId;
import io.perennial.kernel.TimeOrderedIds;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Looks for businesses whose segments are to be looked after, on this node; {@link UpkeepClaims} decides who does it. */
@Component
class MembershipWorker {

    /**
     * Settings.
     *
     * @param scheduled whether this node keeps segments by itself; off in tests, which ask for what they need
     * @param threads businesses looked after at a time
     */
    @ConfigurationProperties("perennial.segments")
    record Settings(
            @DefaultValue("true") boolean scheduled,
            @DefaultValue("1") int threads) {}

    private static final Logger log = LoggerFactory.getLogger(MembershipWorker.class);

    private final ApplicationEventPublisher events;
    private final Businesses businesses;
    private final CustomerChanges changes;
    private final MembershipStates states;
    private final UpkeepClaims claims;
    private final MembershipUpkeep upkeep;
    private final NightlyPass nightly;
    private final Settings settings;
    private final NodeEnd node;
    private final Set<TenantId> underWay = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads;

    MembershipWorker(
            Businesses businesses,
            CustomerChanges changes,
            MembershipStates states,
            UpkeepClaims claims,
            MembershipUpkeep upkeep,
            NightlyPass nightly,
            Settings settings,
            ApplicationEventPublisher events,
            NodeEnd node) {
        this.events = events;
        this.node = node;
        this.businesses = businesses;
        this.changes = changes;
        this.states = states;
        this.claims = claims;
        this.upkeep = upkeep;
        this.nightly = nightly;
        this.settings = settings;
        this.threads = Executors.newFixedThreadPool(
                settings.threads(),
                Thread.ofPlatform().daemon().name("segments-", 1).factory());
    }

    @Scheduled(initialDelay = 5_000, fixedDelay = 2_000)
    void look() {
        if (settings.scheduled()) {
            Set<TenantId> tenants = new HashSet<>(changes.waiting());
            tenants.addAll(states.waiting());
            tenants.forEach(this::begin);
        }
    }

    /** New days begin at different times. */
    @Scheduled(initialDelay = 8_000, fixedDelay = 60_000)
    void lookForNewDays() {
        if (settings.scheduled()) {
            Instant now = Instant.now();
            businesses.atWork().stream()
                    .filter(tenant -> nightly.isDue(tenant, now))
                    .forEach(this::begin);
        }
    }

    private void begin(TenantId tenant) {
        if (!node.isNear() && underWay.add(tenant)) {
            threads.execute(() -> {
                try {
                    lookAfter(tenant);
                } finally {
                    underWay.remove(tenant);
                }
            });
        }
    }

    /** Looks after a business on this thread; does nothing where another worker does. Returns whether it did. */
    boolean lookAfter(TenantId tenant) {
        String worker = "worker-" + TimeOrderedIds.next();
        if (node.isNear() || !claims.claim(tenant, worker)) {
            return false;
        }
        try {
            ActingAs.system(tenant, () -> upkeep.run(worker));
        } catch (UpkeepClaims.ClaimLost e) {
            log.warn("{}", e.getMessage());
        } catch (RuntimeException e) {
            events.publishEvent(new WorkFailed("MembershipWorker.look", "the segments of business " + tenant, e));
        } finally {
            claims.release(tenant, worker);
        }
        return true;
    }

    @PreDestroy
    void stop() {
        LastWork.end(threads, Duration.ofSeconds(5));
    }
}
