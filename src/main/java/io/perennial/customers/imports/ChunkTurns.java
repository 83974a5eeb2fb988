package io.perennial.customers.imports;

import java.util.TreeSet;
import java.util.function.BooleanSupplier;

/**
 * The order in which the chunks of an import are through, where several are written at once. A chunk may be sent ahead of
 * its turn as long as all before it were sent so too: such chunks add rows that have nothing to do with each other. A
 * chunk that looks at what is stored, or changes it, is alone: whoever is ahead of its turn then takes its rows back, since
 * it would hold locks while it waits for its turn, and nobody would see that the two wait for each other.
 */
class ChunkTurns {

    /** A chunk ahead of its turn was called back, or lost a race; it is written once more in its turn. */
    static class Lost extends RuntimeException {
        Lost() {
            super("Called back", null, false, false);
        }
    }

    private final TreeSet<Integer> ahead = new TreeSet<>();
    private int through;
    private int decided;
    private boolean alone;
    private boolean over;

    /** @param first the number of the first chunk that is written */
    ChunkTurns(int first) {
        through = first;
        decided = first;
    }

    /**
     * Decides whether a chunk is sent before its turn has come.
     *
     * @param can whether it could, as far as is known then
     */
    synchronized boolean mayGoAhead(int chunk, BooleanSupplier can) {
        waitWhile(() -> decided < chunk || (through < chunk && !ahead.contains(chunk - 1)));
        boolean does = !alone && can.getAsBoolean();
        if (does) {
            ahead.add(chunk);
        }
        decided = chunk + 1;
        notifyAll();
        return does;
    }

    /**
     * Waits until all chunks before are through.
     *
     * @throws Lost if it was called back
     * @throws ImportStopped if one of them failed
     */
    synchronized void await(int chunk) {
        waitWhile(() -> through < chunk && !(alone && ahead.contains(chunk)));
        if (through < chunk) {
            throw new Lost();
        }
    }

    /** What a chunk sent ahead is written or taken back. */
    synchronized void noLongerAhead(int chunk) {
        ahead.remove(chunk);
        notifyAll();
    }

    /** In its turn: calls back whoever is ahead, and waits until they are. */
    synchronized void beAlone(int chunk) {
        alone = true;
        notifyAll();
        waitWhile(() -> !ahead.tailSet(chunk, false).isEmpty());
    }

    synchronized void through(int chunk) {
        through = chunk + 1;
        alone = false;
        notifyAll();
    }

    /** A chunk cannot be written: those before it are through before nothing more is. */
    void fail(int chunk) {
        try {
            await(chunk);
        } catch (Lost | ImportStopped e) {
            // One before it failed too, or it was called back; it fails all the same.
        } finally {
            stop();
        }
    }

    /** Nothing more is written. */
    synchronized void stop() {
        over = true;
        notifyAll();
    }

    private synchronized void waitWhile(BooleanSupplier condition) {
        try {
            while (!over && condition.getAsBoolean()) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            over = true;
        }
        if (over) {
            throw new ImportStopped();
        }
    }
}
