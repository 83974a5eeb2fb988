package io.perennial.delivery;

import io.perennial.customers.SuppressionReason;
import io.perennial.customers.Suppressions;
import io.perennial.kernel.EmailAddress;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a server's answer means for the message, its run and the server itself. */
final class Reactions {

    private static final Logger log = LoggerFactory.getLogger(Reactions.class);
    /** So often a message may pause its run because its sender is refused; then it fails. */
    private static final int REFUSALS = 3;

    private final Ledger ledger;
    private final Suppressions suppressions;
    private final RetrySchedule retries;

    Reactions(Ledger ledger, Suppressions suppressions, DeliveryProperties properties) {
        this.ledger = ledger;
        this.suppressions = suppressions;
        this.retries = new RetrySchedule(properties.retryAfter(), properties.giveUpAfter());
    }

    /** @param breaker of the server that answered */
    void to(Answer answer, Claim.Held held, Trip trip, Breaker breaker) {
        String text = answer.text();
        switch (answer.kind()) {
            case ACCEPTED -> {
                breaker.worked();
                trip.resolve(Mark.sent(held.id(), text));
            }
            case LATER -> {
                breaker.worked();
                trip.resolve(later(held, text));
            }
            case NO_SUCH_MAILBOX -> {
                breaker.worked();
                trip.resolve(Mark.bounced(held.id(), text));
                trip.persist(() -> suppress(held, text));
            }
            case REFUSED -> {
                breaker.worked();
                trip.resolve(Mark.failed(held.id(), text));
            }
            case SIGN_IN_REFUSED -> pauseRun(trip, text);
            case SENDER_REFUSED -> senderRefused(trip, held, text);
            case SILENT -> {
                trip.resolve(Mark.inDoubt(held.id(), text));
                serverFailed(trip, breaker, text);
            }
            case UNREACHABLE -> serverFailed(trip, breaker, text);
        }
    }

    private Claim.Held suppress(Claim.Held held, String reply) {
        EmailAddress.parse(held.email())
                .ifPresent(address -> suppressions.suppress(address, SuppressionReason.BOUNCED, reply));
        return held;
    }

    private void serverFailed(Trip trip, Breaker breaker, String reason) {
        if (breaker.failed(reason)) {
            log.warn("The mail server does not answer: {}", reason);
        }
        trip.halt();
    }

    private void senderRefused(Trip trip, Claim.Held held, String reply) {
        if (held.attempts() >= REFUSALS) {
            // Resumed that often and still refused: it is this message that is not wanted.
            trip.resolve(Mark.failed(held.id(), reply));
            return;
        }
        pauseRun(trip, reply);
        trip.resolve(Mark.putBackAfter(held.id(), reply));
    }

    private void pauseRun(Trip trip, String reply) {
        Run run = trip.claim().run();
        log.warn("Run {} is paused, the mail server refuses its sender: {}", run.id(), reply);
        trip.persist(() -> {
            ledger.pauseBecause(run, reply);
            return run;
        });
        trip.halt();
    }

    private Mark later(Claim.Held held, String reply) {
        return retries.after(held.attempts(), Duration.ofSeconds(held.ageSeconds()))
                .map(wait -> Mark.later(held.id(), reply, wait))
                .orElseGet(() -> Mark.failed(held.id(), reply));
    }
}
