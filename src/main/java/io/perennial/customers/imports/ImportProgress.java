package io.perennial.customers.imports;

import io.perennial.customers.ImportCounts;
import io.perennial.customers.ImportResult;
import io.perennial.customers.RejectedRow;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.PessimisticLockingFailureException;

/**
 * One run of an import: replays the chunks an earlier run wrote, and writes the others, each in a transaction. While one
 * is finished the next is sent already, on a connection of its own; they are through in the order of the file.
 */
class ImportProgress {

    private static final int FIRST_REJECTED = 50;
    private static final int WRITERS = 2;

    private final ChunkTransactions transactions;
    private final ImportRun run;
    private final ImportLedger ledger;
    private final ImportObserver observer;
    private final RejectedRows words;
    private final List<ImportLedger.Mark> marks;
    private final List<RejectedRow> first = new ArrayList<>();
    private final ChunkTurns turns;
    private long rows;
    private int number;
    /** Whether the file seems to name nothing that is stored. */
    private volatile boolean hopeful = true;
    /** Then nothing can be taken back by itself. */
    private final boolean within;
    /** Changed by chunks in their turn. */
    private ImportCounts counts;

    ImportProgress(
            ChunkTransactions transactions,
            ImportRun run,
            ImportLedger ledger,
            ImportObserver observer,
            RejectedRows words) {
        this.transactions = transactions;
        this.run = run;
        this.ledger = ledger;
        this.observer = observer;
        this.words = words;
        this.marks = ledger.marks();
        this.counts = ledger.counts();
        this.turns = new ChunkTurns(marks.size());
        this.within = transactions.isWithinOther();
    }

    ImportResult run(RowReader reader, Chunks chunks) {
        long bytes;
        if (!within) {
            transactions.prepareTurn(run.tenant());
        }
        try (ChunkFeed feed = new ChunkFeed(reader, chunks, ends());
                ChunkThreads threads = new ChunkThreads(within ? 0 : WRITERS, run.tenant())) {
            try {
                ChunkFeed.Ready ready = feed.next();
                for (Chunk chunk = ready.chunk(); chunk != null; chunk = ready.chunk()) {
                    next(chunk, ready.bytes(), threads);
                    ready = feed.next();
                }
                bytes = ready.bytes();
                threads.await();
                for (Chunk chunk : chunks.last()) {
                    next(chunk, bytes, threads);
                }
                threads.await();
            } catch (RuntimeException e) {
                finish(threads, e);
                throw e;
            } finally {
                turns.stop();
            }
        }
        observer.progress(bytes, counts);
        return new ImportResult(counts, first);
    }

    /** What was read before the file failed is written. */
    private static void finish(ChunkThreads threads, RuntimeException failure) {
        try {
            threads.await();
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
    }

    /** Chunks that took no rows were written after the file's end. */
    private List<Long> ends() {
        List<Long> ends = new ArrayList<>();
        long before = 0;
        for (ImportLedger.Mark mark : marks) {
            if (mark.rowsTo() > before) {
                ends.add(mark.rowsTo());
                before = mark.rowsTo();
            }
        }
        return ends;
    }

    private void next(Chunk chunk, long bytes, ChunkThreads threads) {
        rows += chunk.rows();
        if (number < marks.size()) {
            chunk.replay(marks.get(number).state());
        } else {
            Place place = new Place(number, rows, bytes);
            threads.run(() -> write(chunk, place));
        }
        number++;
    }

    /** Where a chunk stands in the file: its number, and rows and bytes up to its end. */
    private record Place(int number, long rowsTo, long bytes) {}

    private record Done(Written written, ImportCounts counts, List<RejectedRow> rejected) {}

    private void write(Chunk chunk, Place place) {
        try {
            Done done = turns.mayGoAhead(place.number(), () -> hopeful && !within && chunk.canGoAhead())
                    ? ahead(chunk, place)
                    : null;
            if (done == null) {
                turns.await(place.number());
                turns.beAlone(place.number());
                done = transactions.run(run.tenant(), () -> record(chunk::write, place));
            }
            ledger.recorded();
            done.written().settle().run();
            counts = done.counts();
            done.rejected().stream().limit(FIRST_REJECTED - first.size()).forEach(first::add);
            ImportCounts its = done.written().counts();
            hopeful = its.updated() + its.unchanged() + its.skipped() + its.customersCreated() == 0;
            observer.progress(place.bytes(), counts);
            turns.through(place.number());
        } catch (RuntimeException | Error e) {
            turns.fail(place.number());
            throw e;
        }
    }

    /**
     * Sends a chunk before its turn and finishes it in its turn; nothing if nothing came of it. Where another import of
     * the business is at its turn, it takes its rows back before it waits: that one may need what these lock.
     */
    private @Nullable Done ahead(Chunk chunk, Place place) {
        try {
            return transactions.once(() -> {
                Supplier<Written> begun = chunk.ahead();
                turns.await(place.number());
                if (begun == null || !transactions.takeFreeTurn(run.tenant())) {
                    throw new ChunkTurns.Lost();
                }
                return record(begun, place);
            });
        } catch (ChunkTurns.Lost e) {
            return null;
        } catch (PessimisticLockingFailureException | DuplicateKeyException e) {
            hopeful = false;
            return null;
        } finally {
            turns.noLongerAhead(place.number());
        }
    }

    private Done record(Supplier<Written> work, Place place) {
        ledger.requireOurs();
        Written written = work.get();
        ImportCounts so = counts.plus(written.counts());
        List<RejectedRow> rejected = words.of(written.rejects());
        ledger.record(new ImportLedger.Entry(
                place.number(), place.rowsTo(), place.bytes(), so, rejected, written.journal(), written.state()));
        return new Done(written, so, rejected);
    }
}
