package io.perennial.delivery;

import io.perennial.delivery.MailConnection.Envelope;
import io.perennial.delivery.MailConnection.Parcel;
import io.perennial.delivery.MessageComposer.Composed;
import io.perennial.delivery.StageClock.Stage;
import io.perennial.delivery.sender.Domains;
import io.perennial.delivery.sender.SigningKeys;
import io.perennial.kernel.CustomerId;
import io.perennial.tenancy.TenantSecrets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries one claim to the mail server. Messages go in steps: before the first content of a step is sent, it is
 * committed that the whole step is on its way; what became of it is committed with the beginning of the next, or at
 * once.
 */
final class Courier {

    private static final Logger log = LoggerFactory.getLogger(Courier.class);

    /** So many bytes are a step, however few its messages. */
    private static final int FULL = 4 << 20;

    /** Nanoseconds that a step should take: with a slow server it is of fewer messages, so that fewer may be in doubt. */
    private static final long AIM = 250_000_000;

    /**
     * A step that took no longer is settled by the commit that begins the next: waiting for a commit of its own would
     * show. After a longer one, what is known is made certain at once.
     */
    private static final long QUICK = 2 * AIM;

    private final Ledger ledger;
    private final Audience audience;
    private final RunLinks runLinks;
    private final CustomerLinks links;
    private final ReturnPath returnPath;
    private final TrackingPolicy tracking;
    private final SigningKeys keys;
    private final Reactions reactions;
    private final DeliveryProperties properties;
    private final BooleanSupplier stopping;
    private final StageClock clock;
    /** Of the next step; small until it is known how quick the server is. */
    private int stepSize;

    Courier(
            Ledger ledger,
            Audience audience,
            RunLinks runLinks,
            CustomerLinks links,
            ReturnPath returnPath,
            TrackingPolicy tracking,
            SigningKeys keys,
            Reactions reactions,
            DeliveryProperties properties,
            BooleanSupplier stopping,
            StageClock clock) {
        this.ledger = ledger;
        this.audience = audience;
        this.runLinks = runLinks;
        this.links = links;
        this.returnPath = returnPath;
        this.tracking = tracking;
        this.keys = keys;
        this.reactions = reactions;
        this.properties = properties;
        this.stopping = stopping;
        this.clock = clock;
        this.stepSize = Math.min(10, properties.step());
    }

    /** A connection to a server, and what is known of how that is doing. */
    record Way(MailConnection connection, Breaker breaker) {}

    /** Composed, not yet in the form in which it travels. */
    private record Draft(Claim.Held held, Recipient recipient, Composed.Message message) {}

    /**
     * Composes, sends and records every message of the claim, or puts it back. In the tenant's scope.
     *
     * @return how many were handed over
     */
    int deliver(Claim claim, Compositions compositions, Way way) {
        Trip trip = new Trip(claim, ledger, properties);
        boolean ready = false; // until all is, whatever fails puts everything back
        try {
            List<Draft> drafts = compose(claim, compositions, trip);
            TrackingPolicy.Tracking tracked = tracking.of(claim);
            Run run = claim.run();
            MailPress press = compositions
                    .press(run, links, keys.of(run.tenant(), Domains.ofAddress(run.senderEmail())))
                    .measuredBy(clock);
            ready = true;
            for (int from = 0; from < drafts.size() && !trip.isHalted(); ) {
                from += send(drafts.subList(from, drafts.size()), press, tracked, trip, way);
            }
        } catch (Compositions.CannotOpen | TenantSecrets.Unreadable e) {
            log.warn(
                    "Run {} of business {} is paused",
                    claim.run().id(),
                    claim.run().tenant(),
                    e);
            ledger.pauseBecause(claim.run(), String.valueOf(e.getMessage()));
        } finally {
            if (!ready) {
                trip.halt();
            }
            trip.end();
            clock.lap(Stage.MARK);
            if (trip.isHalted()) {
                compositions.forget(claim.run());
            }
        }
        return trip.handed();
    }

    private List<Draft> compose(Claim claim, Compositions compositions, Trip trip) {
        Run run = claim.run();
        Map<Long, Mark> decided = audience.decide(claim);
        clock.lap(Stage.CLAIM);
        List<Claim.Held> wanted = new ArrayList<>(claim.messages().size());
        List<Recipient> recipients = new ArrayList<>(claim.messages().size());
        for (Claim.Held held : claim.messages()) {
            Mark mark = decided.get(held.id());
            if (mark != null) {
                trip.resolve(mark);
                continue;
            }
            wanted.add(held);
            recipients.add(new Recipient(
                    held.id(),
                    new CustomerId(held.customer()),
                    held.email(),
                    links.unsubscribe(run.tenant(), held.id()),
                    links.preferences(run.tenant(), held.id())));
        }
        clock.lap(Stage.BUILD);
        if (wanted.isEmpty()) {
            return List.of();
        }
        List<Composed> composed = compositions.compose(run, recipients);
        List<Draft> drafts = new ArrayList<>(wanted.size());
        for (int i = 0; i < wanted.size(); i++) {
            long id = wanted.get(i).id();
            switch (composed.get(i)) {
                case Composed.Message message -> drafts.add(new Draft(wanted.get(i), recipients.get(i), message));
                case Composed.Failed failed -> trip.resolve(Mark.failed(id, shortened(failed.reason())));
                case Composed.Skipped skipped -> trip.resolve(Mark.skipped(id, shortened(skipped.reason())));
            }
        }
        clock.lap(Stage.COMPOSE);
        return drafts;
    }

    /** Sends the first step of these; gives how many that were. */
    private int send(List<Draft> drafts, MailPress press, TrackingPolicy.Tracking tracked, Trip trip, Way way) {
        List<Claim.Held> held = new ArrayList<>(stepSize);
        List<Integer> ends = new ArrayList<>(stepSize);
        Map<Long, String> found = new HashMap<>();
        int taken = 0;
        press.clear();
        while (taken < drafts.size() && taken < stepSize && press.size() < FULL) {
            Draft draft = drafts.get(taken++);
            try {
                press.press(draft.recipient(), draft.message(), tracked.of(draft.held()), found);
                held.add(draft.held());
                ends.add(press.size());
            } catch (RuntimeException e) {
                // Whatever is wrong with one mail stays with it.
                trip.resolve(Mark.failed(draft.held().id(), shortened(String.valueOf(e.getMessage()))));
            }
        }
        runLinks.keep(trip.claim().run(), found);
        List<Parcel> parcels = new ArrayList<>(held.size());
        for (int i = 0; i < held.size(); i++) {
            int start = i == 0 ? 0 : ends.get(i - 1);
            parcels.add(
                    new Parcel(envelope(trip.claim().run(), held.get(i)), press.bytes(), start, ends.get(i) - start));
        }
        clock.lap(Stage.BUILD);
        long began = System.nanoTime();
        way.connection().send(parcels, new Step(held, trip, way.breaker()));
        clock.lap(Stage.SEND);
        long took = System.nanoTime() - began;
        stepSize = Math.clamp(AIM / (took / taken + 1), 1, properties.step());
        if (properties.step() == 1 || took > QUICK) {
            trip.record();
            clock.lap(Stage.MARK);
        }
        return taken;
    }

    private Envelope envelope(Run run, Claim.Held held) {
        return new Envelope(returnPath.of(run, held.id()), Domains.asciiDomain(held.email()));
    }

    private static String shortened(String text) {
        return text.length() <= 490 ? text : text.substring(0, 490);
    }

    /** Messages that are committed as begun together. */
    private final class Step implements MailConnection.Course {

        private final List<Claim.Held> messages;
        private final Trip trip;
        private final Breaker breaker;
        private boolean begun;

        Step(List<Claim.Held> messages, Trip trip, Breaker breaker) {
            this.messages = messages;
            this.trip = trip;
            this.breaker = breaker;
        }

        @Override
        public boolean mayBegin(int message) {
            if (stopping.getAsBoolean() || !trip.hasTime()) {
                trip.halt();
            }
            return !trip.isHalted();
        }

        @Override
        public boolean mayTransmit(int message) {
            if (!begun) {
                clock.lap(Stage.SEND);
                begun = trip.begin(messages.subList(message, messages.size()).stream()
                        .map(Claim.Held::id)
                        .toList());
                clock.lap(Stage.MARK);
            }
            if (!begun) {
                trip.halt();
            }
            return begun;
        }

        @Override
        public boolean answered(int message, Answer answer) {
            reactions.to(answer, messages.get(message), trip, breaker);
            return !trip.isHalted();
        }
    }
}
