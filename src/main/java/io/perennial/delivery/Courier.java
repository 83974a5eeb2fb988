package io.perennial.delivery;

import io.perennial.customers.SuppressionReason;
import io.perennial.customers.Suppressions;
import io.perennial.delivery.MessageComposer.Composed;
import io.perennial.kernel.CustomerId;
import io.perennial.kernel.EmailAddress;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Carries one claim to the mail server. Messages go in steps: before the first content of a step is sent, the whole step
 * is committed as TRANSMITTING; after its last, what became of it is committed.
 */
final class Courier {

    private static final Logger log = LoggerFactory.getLogger(Courier.class);
    private static final Duration LONGEST_WAIT = Duration.ofHours(8);
    private static final long PAUSE_MILLIS = 500;
    /** So often a message may pause its run because its sender is refused; then it fails. */
    private static final int REFUSALS = 3;

    private final Ledger ledger;
    private final Audience audience;
    private final RunLinks runLinks;
    private final CustomerLinks links;
    private final Suppressions suppressions;
    private final Breaker breaker;
    private final DeliveryProperties properties;
    private final BooleanSupplier stopping;

    Courier(
            Ledger ledger,
            Audience audience,
            RunLinks runLinks,
            CustomerLinks links,
            Suppressions suppressions,
            Breaker breaker,
            DeliveryProperties properties,
            BooleanSupplier stopping) {
        this.ledger = ledger;
        this.audience = audience;
        this.runLinks = runLinks;
        this.links = links;
        this.suppressions = suppressions;
        this.breaker = breaker;
        this.properties = properties;
        this.stopping = stopping;
    }

    /** Ready to travel. */
    private record Parcel(Claim.Held held, MailConnection.Envelope envelope, byte[] content) {}

    /** The rest of the claim is not to be sent now; thrown out of a transmission before its content. */
    private static final class Halt extends RuntimeException {
        Halt() {
            super("halted", null, false, false);
        }
    }

    /** Composes, sends and records every message of the claim, or puts it back. In the tenant's scope. */
    void deliver(Claim claim, Compositions compositions, MailConnection connection) {
        Trip trip = new Trip(claim);
        try {
            trip.halted = true; // until all is ready, whatever fails puts everything back
            List<Parcel> parcels = prepare(claim, compositions, trip);
            trip.halted = false;
            trip.send(parcels, connection);
        } catch (Compositions.CannotOpen e) {
            log.warn(
                    "Run {} of business {} is paused",
                    claim.run().id(),
                    claim.run().tenant(),
                    e);
            ledger.pauseBecause(claim.run(), String.valueOf(e.getMessage()));
        } finally {
            trip.end();
            if (trip.halted) {
                compositions.forget(claim.run());
            }
        }
    }

    private List<Parcel> prepare(Claim claim, Compositions compositions, Trip trip) {
        Run run = claim.run();
        Map<Long, String> unwanted = audience.unwanted(claim);
        List<Claim.Held> wanted = new ArrayList<>(claim.messages().size());
        List<Recipient> recipients = new ArrayList<>(claim.messages().size());
        for (Claim.Held held : claim.messages()) {
            String reason = unwanted.get(held.id());
            if (reason != null) {
                trip.resolve(Mark.skipped(held.id(), reason));
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
        if (wanted.isEmpty()) {
            return List.of();
        }
        List<Composed> composed = compositions.compose(run, recipients);
        Map<Long, String> found = new HashMap<>();
        List<Parcel> parcels = new ArrayList<>(wanted.size());
        for (int i = 0; i < wanted.size(); i++) {
            long id = wanted.get(i).id();
            switch (composed.get(i)) {
                case Composed.Message message ->
                    pack(run, wanted.get(i), recipients.get(i), message, found, trip, parcels);
                case Composed.Failed failed -> trip.resolve(Mark.failed(id, shortened(failed.reason())));
                case Composed.Skipped skipped -> trip.resolve(Mark.skipped(id, shortened(skipped.reason())));
            }
        }
        runLinks.keep(run, found);
        return parcels;
    }

    private void pack(
            Run run,
            Claim.Held held,
            Recipient recipient,
            Composed.Message message,
            Map<Long, String> found,
            Trip trip,
            List<Parcel> parcels) {
        try {
            TrackedMail tracked = new TrackedMail(links, run, held.id(), found);
            String domain = run.senderEmail().substring(run.senderEmail().lastIndexOf('@') + 1);
            byte[] content = new MimeMail(
                            run.senderName(),
                            run.senderEmail(),
                            run.replyTo(),
                            held.email(),
                            message.subject(),
                            tracked.html(message.html()),
                            tracked.text(message.text()),
                            Long.toString(held.id(), 36) + "."
                                    + Long.toString(run.tenant().value(), 36) + "@" + domain,
                            recipient.unsubscribeLink())
                    .bytes(ZonedDateTime.now(ZoneOffset.UTC));
            String from = properties.envelopeFrom();
            parcels.add(new Parcel(
                    held,
                    new MailConnection.Envelope(
                            from == null || from.isBlank() ? run.senderEmail() : from, held.email()),
                    content));
        } catch (RuntimeException e) {
            // Whatever is wrong with one mail stays with it.
            trip.resolve(Mark.failed(held.id(), shortened(String.valueOf(e.getMessage()))));
        }
    }

    private static String shortened(String text) {
        return text.length() <= 490 ? text : text.substring(0, 490);
    }

    /** The state of one claim on its way. */
    private final class Trip {

        private final Claim claim;
        /** What is known of messages but not yet recorded. */
        private final Map<Long, Mark> marks = new LinkedHashMap<>();
        /** Held and not yet settled, in order. */
        private final Map<Long, Claim.Held> open = new LinkedHashMap<>();

        /** Of the step in hand, what is committed as TRANSMITTING; null before its first content. */
        private @Nullable Set<Long> begun;

        private long deadline;
        /** When the lease of what waits behind the step in hand began. */
        private long renewed = System.nanoTime();

        private boolean halted;

        Trip(Claim claim) {
            this.claim = claim;
            this.deadline = claim.deadlineNanos();
            claim.messages().forEach(held -> open.put(held.id(), held));
        }

        void resolve(Mark mark) {
            open.remove(mark.id());
            marks.put(mark.id(), mark);
        }

        void send(List<Parcel> parcels, MailConnection connection) {
            for (int from = 0; from < parcels.size() && !halted; from += properties.step()) {
                sendStep(parcels.subList(from, Math.min(parcels.size(), from + properties.step())), connection);
                record();
            }
        }

        private void sendStep(List<Parcel> step, MailConnection connection) {
            begun = null;
            for (int i = 0; i < step.size() && !halted; i++) {
                Parcel parcel = step.get(i);
                long id = parcel.held().id();
                if (stopping.getAsBoolean() || !enoughTime()) {
                    halted = true;
                    return;
                }
                List<Long> rest = step.subList(i, step.size()).stream()
                        .map(p -> p.held().id())
                        .toList();
                try {
                    Answer answer = connection.send(parcel.envelope(), parcel.content(), () -> {
                        Set<Long> ours = begun == null ? begin(rest) : begun;
                        begun = ours;
                        if (!ours.contains(id)) {
                            throw new Halt();
                        }
                    });
                    settle(parcel.held(), answer);
                } catch (Halt e) {
                    halted = true;
                }
            }
        }

        /** Whether a message begun now is surely over before the lease is. */
        private boolean enoughTime() {
            long longest = properties.answerTimeout().toNanos() * 4;
            return deadline - System.nanoTime() > longest;
        }

        private Set<Long> begin(List<Long> ids) {
            long from = System.nanoTime();
            Set<Long> begun = persist(() -> ledger.begin(claim, ids));
            List<Long> later =
                    open.keySet().stream().filter(id -> !ids.contains(id)).toList();
            if (!later.isEmpty()
                    && !begun.isEmpty()
                    && from - renewed > properties.lease().toNanos() / 3) {
                persist(() -> {
                    ledger.renew(claim, later);
                    return later;
                });
                renewed = from;
            }
            deadline = from + properties.lease().toNanos();
            return begun;
        }

        private void settle(Claim.Held held, Answer answer) {
            switch (answer.kind()) {
                case ACCEPTED -> {
                    breaker.worked();
                    resolve(Mark.sent(held.id(), answer.text()));
                }
                case LATER -> {
                    breaker.worked();
                    resolve(later(held, answer.text()));
                }
                case NO_SUCH_MAILBOX -> {
                    breaker.worked();
                    resolve(Mark.bounced(held.id(), answer.text()));
                    persist(() -> {
                        suppress(held.email(), answer.text());
                        return held;
                    });
                }
                case REFUSED -> {
                    breaker.worked();
                    resolve(Mark.failed(held.id(), answer.text()));
                }
                case SIGN_IN_REFUSED -> pauseRun(answer.text());
                case SENDER_REFUSED -> senderRefused(held, answer.text());
                case SILENT -> {
                    resolve(Mark.inDoubt(held.id(), answer.text()));
                    serverFailed(answer.text());
                }
                case UNREACHABLE -> serverFailed(answer.text());
            }
        }

        private void suppress(String email, String reply) {
            EmailAddress.parse(email)
                    .ifPresent(address -> suppressions.suppress(address, SuppressionReason.BOUNCED, reply));
        }

        private void serverFailed(String reason) {
            if (breaker.failed()) {
                log.warn("The mail server does not answer: {}", reason);
            }
            halted = true;
        }

        private void senderRefused(Claim.Held held, String reply) {
            if (held.attempts() >= REFUSALS) {
                // Resumed that often and still refused: it is this message that is not wanted.
                resolve(Mark.failed(held.id(), reply));
                return;
            }
            pauseRun(reply);
            resolve(Mark.putBackAfter(held.id(), reply));
        }

        private void pauseRun(String reply) {
            log.warn(
                    "Run {} is paused, the mail server refuses its sender: {}",
                    claim.run().id(),
                    reply);
            persist(() -> {
                ledger.pauseBecause(claim.run(), reply);
                return claim;
            });
            halted = true;
        }

        private Mark later(Claim.Held held, String reply) {
            Duration wait = properties.retryAfter().multipliedBy(1L << Math.min(held.attempts(), 10));
            if (wait.compareTo(LONGEST_WAIT) > 0) {
                wait = LONGEST_WAIT.compareTo(properties.retryAfter()) > 0 ? LONGEST_WAIT : properties.retryAfter();
            }
            boolean tooLate = held.ageSeconds() + wait.toSeconds()
                    > properties.giveUpAfter().toSeconds();
            return tooLate ? Mark.failed(held.id(), reply) : Mark.later(held.id(), reply, wait);
        }

        /** Records what is known and puts back what was not handed over. */
        void end() {
            if (halted) {
                List.copyOf(open.keySet()).forEach(id -> resolve(Mark.putBack(id)));
            }
            record();
        }

        private void record() {
            if (!marks.isEmpty()) {
                persist(() -> {
                    ledger.settle(claim, List.copyOf(marks.values()));
                    return claim;
                });
                marks.clear();
            }
        }

        /**
         * Repeats a write while the database is away. What the server accepted is known here only until it is written;
         * once the lease is over, the ledger holds it in doubt.
         */
        private <T> T persist(Supplier<T> write) {
            while (true) {
                try {
                    return write.get();
                } catch (DataAccessException | TransactionException e) {
                    if (deadline - System.nanoTime() < 0) {
                        throw e;
                    }
                    log.warn("Writing to the ledger failed and is tried again: {}", e.getMessage());
                    pause();
                }
            }
        }

        private static void pause() {
            try {
                Thread.sleep(PAUSE_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("Interrupted while the database was away", e);
            }
        }
    }
}
