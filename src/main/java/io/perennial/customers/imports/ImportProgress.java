package io.perennial.customers.imports;

import io.perennial.customers.ImportCounts;
import io.perennial.customers.ImportResult;
import io.perennial.customers.RejectedRow;
import java.util.ArrayList;
import java.util.List;

/** One run of an import: replays the chunks an earlier run wrote, and writes the others, each in a transaction. */
class ImportProgress {

    private static final int FIRST_REJECTED = 50;

    private final ChunkTransactions transactions;
    private final ImportRun run;
    private final ImportLedger ledger;
    private final ImportObserver observer;
    private final RejectedRows words;
    private final List<ImportLedger.Mark> marks;
    private final List<RejectedRow> first = new ArrayList<>();
    private ImportCounts counts;
    private long rows;
    private int number;

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
    }

    ImportResult run(RowReader reader, Chunks chunks) {
        long bytes;
        try (ChunkFeed feed = new ChunkFeed(reader, chunks, ends())) {
            ChunkFeed.Ready ready = feed.next();
            for (Chunk chunk = ready.chunk(); chunk != null; chunk = ready.chunk()) {
                next(chunk, ready.bytes());
                ready = feed.next();
            }
            bytes = ready.bytes();
        }
        for (Chunk chunk : chunks.last()) {
            next(chunk, bytes);
        }
        observer.progress(bytes, counts);
        return new ImportResult(counts, first);
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

    private void next(Chunk chunk, long bytes) {
        rows += chunk.rows();
        if (number < marks.size()) {
            chunk.replay(marks.get(number).state());
        } else {
            write(chunk, bytes);
        }
        number++;
    }

    private void write(Chunk chunk, long bytes) {
        record Done(Written written, ImportCounts counts, List<RejectedRow> rejected) {}
        Done done = transactions.run(run.tenant(), () -> {
            ledger.requireOurs();
            Written written = chunk.write();
            ImportCounts so = counts.plus(written.counts());
            List<RejectedRow> rejected = words.of(written.rejects());
            ledger.record(
                    new ImportLedger.Entry(number, rows, bytes, so, rejected, written.journal(), written.state()));
            return new Done(written, so, rejected);
        });
        ledger.recorded();
        done.written().settle().run();
        counts = done.counts();
        done.rejected().stream().limit(FIRST_REJECTED - first.size()).forEach(first::add);
        observer.progress(bytes, counts);
    }
}
