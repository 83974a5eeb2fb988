package io.perennial.customers.imports;

import io.perennial.customers.ImportCounts;
import io.perennial.customers.RejectedRow;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where an import keeps how far it is, so that it can go on there and be undone. */
public interface ImportLedger {

    /**
     * A chunk that was written.
     *
     * @param rowsTo rows of the file up to its end
     */
    record Mark(long rowsTo, byte @Nullable [] state) {}

    /**
     * What is kept of a chunk.
     *
     * @param number from 0
     * @param bytes of the file read so far
     * @param counts of the whole import so far
     * @param rejected rows left out by this chunk
     */
    record Entry(
            int number,
            long rowsTo,
            long bytes,
            ImportCounts counts,
            List<RejectedRow> rejected,
            Journal journal,
            byte @Nullable [] state) {}

    /** What the import takes for now, in UTC: the same when it goes on another day. */
    LocalDateTime begun();

    /** The chunks written before, in their order. */
    List<Mark> marks();

    /** What the import came to so far. */
    ImportCounts counts();

    /**
     * In each chunk's transaction, before its work.
     *
     * @throws ImportStopped if the import is not to go on here
     */
    void requireOurs();

    /**
     * In each chunk's transaction, after its work; again if that failed.
     *
     * @throws ImportStopped if the import is not to go on here
     */
    void record(Entry entry);

    /** The transaction of the last entry is through. */
    void recorded();

    /** For imports that nobody can go on with or undo. */
    static ImportLedger none() {
        LocalDateTime now = LocalDateTime.now(Clock.systemUTC()).truncatedTo(ChronoUnit.MICROS);
        return new ImportLedger() {
            @Override
            public LocalDateTime begun() {
                return now;
            }

            @Override
            public List<Mark> marks() {
                return List.of();
            }

            @Override
            public ImportCounts counts() {
                return ImportCounts.NONE;
            }

            @Override
            public void requireOurs() {}

            @Override
            public void record(Entry entry) {}

            @Override
            public void recorded() {}
        };
    }
}
