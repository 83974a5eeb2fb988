package io.perennial.delivery;

import io.perennial.accounts.ActingAs;
import io.perennial.customers.Suppressions;
import io.perennial.delivery.pace.Pacing;
import io.perennial.delivery.pace.Permit;
import io.perennial.delivery.sender.SigningKeys;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/**
 * Sends what the ledger holds: some workers, each with connections of its own to the mail servers, and one thread for
 * upkeep. Any number of nodes may run one; they share the work through the ledger alone.
 */
@Component
class DeliveryEngine implements SmartLifecycle {

    /** How long a stop waits for the answers of mail servers. */
    static final Duration LAST_ANSWERS = Duration.ofSeconds(15);

    private static final Logger log = LoggerFactory.getLogger(DeliveryEngine.class);

    private final Ledger ledger;
    private final LedgerUpkeep upkeep;
    private final Audience audience;
    private final RunLinks runLinks;
    private final CustomerLinks links;
    private final ReturnPath returnPath;
    private final TrackingPolicy tracking;
    private final Suppressions suppressions;
    private final MailServers servers;
    private final SigningKeys keys;
    private final Pulse pulse;
    private final Pacing pacing;
    private final ObjectProvider<MessageComposer> composerBeans;
    private final DeliveryProperties properties;
    private final WorkSignal signal = new WorkSignal();
    private final WorkSignal heart = new WorkSignal();
    private final Crew crew = new Crew();
    private final Crew pulseCrew = new Crew();
    private final RunRotation rotation;
    private volatile StageClock clock = StageClock.NONE;
    private volatile boolean running;
    private volatile boolean stopping;
    private volatile boolean silent;
    private volatile Map<String, MessageComposer> composers = Map.of();

    DeliveryEngine(
            Ledger ledger,
            LedgerUpkeep upkeep,
            Audience audience,
            RunLinks runLinks,
            CustomerLinks links,
            ReturnPath returnPath,
            TrackingPolicy tracking,
            Suppressions suppressions,
            MailServers servers,
            SigningKeys keys,
            Pulse pulse,
            Pacing pacing,
            ObjectProvider<MessageComposer> composerBeans,
            DeliveryProperties properties) {
        this.ledger = ledger;
        this.upkeep = upkeep;
        this.audience = audience;
        this.runLinks = runLinks;
        this.links = links;
        this.returnPath = returnPath;
        this.tracking = tracking;
        this.suppressions = suppressions;
        this.servers = servers;
        this.keys = keys;
        this.pulse = pulse;
        this.pacing = pacing;
        this.composerBeans = composerBeans;
        this.properties = properties;
        this.rotation = new RunRotation(
                () -> mine().stream()
                        .filter(run -> run.state() == RunState.SENDING)
                        .toList(),
                pacing::weight,
                properties.chunk(),
                properties.poll());
    }

    @Override
    public synchronized void start() {
        if (!properties.enabled() || isRunning()) {
            return;
        }
        Map<String, MessageComposer> byKind = new HashMap<>();
        composerBeans.forEach(composer -> byKind.put(composer.kind(), composer));
        composers = Map.copyOf(byKind);
        stopping = false;
        silent = false;
        running = true;
        signal.open();
        heart.open();
        pulseCrew.launch("delivery-pulse", this::beat);
        crew.launch("delivery-upkeep", this::keepUp);
        for (int i = 1; i <= properties.workers(); i++) {
            crew.launch("delivery-" + i, this::work);
        }
    }

    /** Beside others that stop, as servers may let it wait. */
    @Override
    public void stop(Runnable stopped) {
        Thread.ofPlatform().name("delivery-stop").daemon().start(() -> {
            stop();
            stopped.run();
        });
    }

    /**
     * Ends after the messages in hand; what waits stays pending. The others feel this node until then, and so leave it what
     * it holds.
     */
    @Override
    public synchronized void stop() {
        stopping = true;
        signal.close();
        boolean ended = crew.awaitEnd(LAST_ANSWERS);
        silent = true;
        heart.close();
        ended &= pulseCrew.awaitEnd(Pulse.BEAT.multipliedBy(3));
        running = false;
        if (!ended) {
            log.warn("Sending is held up by its database or a mail server; the other nodes take over what was in hand");
            return;
        }
        try {
            pulse.end();
        } catch (RuntimeException e) {
            log.warn("The other nodes will notice by themselves that this one has ended: {}", e.getMessage());
        }
    }

    /** Says where the time goes, from the next start on. */
    void measureWith(StageClock measuring) {
        clock = measuring;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @TransactionalEventListener(fallbackExecution = true)
    void on(LedgerOutbox.RunReleased released) {
        rotation.expire();
        signal.give();
    }

    /** Runs whose mails this node can compose; others wait for a node that can. */
    private List<Run> mine() {
        return ledger.active().stream()
                .filter(run -> composers.containsKey(run.composer()))
                .toList();
    }

    private void work() {
        Reactions reactions = new Reactions(ledger, suppressions, properties);
        Courier courier = new Courier(
                ledger,
                audience,
                runLinks,
                links,
                returnPath,
                tracking,
                keys,
                reactions,
                properties,
                () -> stopping || !pulse.isFelt(),
                clock);
        Compositions compositions = new Compositions(composers);
        try (OpenConnections connections = new OpenConnections()) {
            while (!stopping) {
                long seen = signal.seen();
                boolean worked = false;
                try {
                    worked = turn(courier, compositions, connections);
                } catch (RuntimeException e) {
                    log.error("Sending stumbled; what was in hand is settled when its lease ends", e);
                }
                if (!worked && !stopping) {
                    connections.closeIdle();
                    signal.await(seen, properties.poll());
                }
            }
        }
    }

    private boolean turn(Courier courier, Compositions compositions, OpenConnections connections) {
        if (pacing.lock().isLocked()) {
            return false;
        }
        Optional<Run> next = rotation.next(this::canGo);
        if (next.isEmpty()) {
            return false;
        }
        Run run = next.get();
        MailServer server = servers.of(run.tenant());
        if (!server.health().enter()) {
            return true; // another worker was first: somebody else's turn
        }
        try {
            Courier.Way way =
                    new Courier.Way(connections.to(server), server.health().breaker());
            return crew.using(
                    way.connection(),
                    () -> ActingAs.system(run.tenant(), () -> deliver(run, courier, compositions, way)));
        } finally {
            server.health().leave();
        }
    }

    /** Whether the run's server takes mails just now; a dead or busy one keeps only its own runs waiting. */
    private boolean canGo(Run run) {
        MailServer server = servers.of(run.tenant());
        return server.configured()
                && server.health().isOpen()
                && pacing.servers().paused(server.name()) == null;
    }

    private boolean deliver(Run run, Courier courier, Compositions compositions, Courier.Way way) {
        clock.lap(StageClock.Stage.OTHER);
        int turn = rotation.turnOf(run);
        // Permits come first: a claim is never held while a limit is waited for.
        Permit permit = pacing.take(run.tenant(), run.id().value(), run.senderDomain(), turn);
        if (permit.granted() == 0) {
            rotation.park(run, permit.delay());
            return true;
        }
        long began = System.nanoTime();
        Claim claim = ledger.claim(run, permit.granted());
        if (claim.last()) {
            rotation.ranDry(run);
        }
        if (claim.messages().isEmpty()) {
            pacing.giveBack(permit, permit.granted());
            return true;
        }
        int handed = courier.deliver(claim, compositions, way);
        pacing.giveBack(permit, permit.granted() - handed);
        tell(servers.of(run.tenant()));
        rotation.served(run, turn, claim.messages().size(), System.nanoTime() - began);
        if (rotation.isDry(run)) {
            upkeep.finishIfOver(run);
        }
        return true;
    }

    /** Lets operators know how this node finds the server. */
    private void tell(MailServer server) {
        String trouble = server.health().breaker().trouble();
        if (trouble == null) {
            pacing.servers().works(pulse.id(), server.name());
        } else {
            pacing.servers().fails(pulse.id(), server.name(), trouble);
        }
    }

    private void beat() {
        while (!silent) {
            try {
                pulse.beat();
            } catch (RuntimeException e) {
                log.warn("This node cannot tell that it lives: {}", e.getMessage());
            }
            heart.awaitClose(Pulse.BEAT);
        }
    }

    private void keepUp() {
        while (!stopping) {
            try {
                for (Run run : mine()) {
                    if (stopping) {
                        return;
                    }
                    ActingAs.system(run.tenant(), () -> upkeep.tidy(run, pulse.dead()));
                }
            } catch (RuntimeException e) {
                log.error("Upkeep of the ledger stumbled and is tried again", e);
            }
            signal.await(signal.seen(), properties.poll());
        }
    }
}
