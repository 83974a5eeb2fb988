package io.perennial.delivery;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * One claim on its way: what is known of its messages and not yet recorded, how long its lease holds, and whether the
 * rest is to be put back.
 */
final class Trip {

    private static final Logger log = LoggerFactory.getLogger(Trip.class);
    private static final long PAUSE_MILLIS = 500;

    private final Claim claim;
    private final Ledger ledger;
    private final DeliveryProperties properties;
    private final Map<Long, Mark> marks = new LinkedHashMap<>();
    /** Held and not yet settled. */
    private final Map<Long, Claim.Held> open = new LinkedHashMap<>();

    private long deadline;
    private boolean halted;
    private int handed;

    Trip(Claim claim, Ledger ledger, DeliveryProperties properties) {
        this.claim = claim;
        this.ledger = ledger;
        this.properties = properties;
        this.deadline = claim.deadlineNanos();
        claim.messages().forEach(held -> open.put(held.id(), held));
    }

    Claim claim() {
        return claim;
    }

    void resolve(Mark mark) {
        open.remove(mark.id());
        marks.put(mark.id(), mark);
        if (mark.counted()) {
            handed++;
        }
    }

    /** How many were handed to the server, or failed before. */
    int handed() {
        return handed;
    }

    /** Nothing more is sent; what was not handed over is put back. */
    void halt() {
        halted = true;
    }

    boolean isHalted() {
        return halted;
    }

    /** Whether a message begun now is surely over before the lease is. */
    boolean hasTime() {
        return deadline - System.nanoTime() > properties.answerTimeout().toNanos() * 5;
    }

    /** Commits what is known, and that these are about to be transmitted; false if they are no longer ours to. */
    boolean begin(List<Long> ids) {
        long from = System.nanoTime();
        List<Mark> known = List.copyOf(marks.values());
        boolean begun = persist(() -> ledger.begin(claim, Collections.max(ids), known));
        MailMeters.count(known);
        marks.clear();
        deadline = from + properties.lease().toNanos();
        return begun;
    }

    /** Commits what is known by itself. */
    void record() {
        List<Mark> known = List.copyOf(marks.values());
        if (!known.isEmpty()) {
            persist(() -> {
                ledger.settle(claim, known);
                return claim;
            });
            MailMeters.count(known);
            marks.clear();
        }
    }

    /** Records what is known, puts back what was not handed over, and lets the claim go. */
    void end() {
        if (halted) {
            new ArrayList<>(open.keySet()).forEach(id -> resolve(Mark.putBack(id)));
        }
        List<Mark> known = List.copyOf(marks.values());
        persist(() -> {
            if (open.isEmpty()) {
                ledger.end(claim, known);
            } else {
                ledger.settle(claim, known);
            }
            return claim;
        });
        MailMeters.count(known);
        marks.clear();
    }

    /**
     * Repeats a write while the database is away. What the server accepted is known here only until it is written; once
     * the lease is over, the ledger holds it in doubt.
     */
    <T> T persist(Supplier<T> write) {
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
