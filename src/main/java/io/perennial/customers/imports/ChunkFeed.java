package io.perennial.customers.imports;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/** Reads a file and prepares its next chunk on a thread of its own, while the one before is written. */
class ChunkFeed implements AutoCloseable {

    /**
     * A chunk ready to be written, or the end.
     *
     * @param bytes of the file read up to its end
     */
    record Ready(
            @Nullable Chunk chunk, long bytes, @Nullable Throwable failure) {}

    private final RowReader rows;
    private final Chunks chunks;
    private final List<Long> ends;
    private final BlockingQueue<Ready> queue = new ArrayBlockingQueue<>(1);
    private final Thread thread;

    /**
     * Begins to read.
     *
     * @param ends how many rows were read at the end of each chunk that an earlier run wrote
     */
    ChunkFeed(RowReader rows, Chunks chunks, List<Long> ends) {
        this.rows = rows;
        this.chunks = chunks;
        this.ends = ends;
        this.thread = Thread.ofPlatform()
                .name(Thread.currentThread().getName() + "-reader")
                .daemon()
                .start(this::read);
    }

    /** Waits for the next chunk; without one at the end of the file. */
    Ready next() {
        try {
            Ready ready = queue.take();
            switch (ready.failure()) {
                case null -> {}
                case RuntimeException e -> throw e;
                case IOException e -> throw new UncheckedIOException(e);
                case Throwable e -> throw new IllegalStateException("The file could not be read", e);
            }
            return ready;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ImportStopped();
        }
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void read() {
        try {
            long read = 0;
            int chunk = 0;
            RawRow row;
            while ((row = rows.next()) != null) {
                boolean before = chunk < ends.size();
                Chunk full = chunks.add(row, !before);
                read++;
                if (before && read == ends.get(chunk)) {
                    full = chunks.take();
                }
                if (full != null) {
                    queue.put(new Ready(full, rows.position(), null));
                    chunk++;
                }
            }
            Chunk rest = chunks.take();
            if (rest.rows() > 0) {
                queue.put(new Ready(rest, rows.position(), null));
            }
            queue.put(new Ready(null, rows.position(), null));
        } catch (InterruptedException e) {
            // Nobody waits for more.
        } catch (IOException | RuntimeException | Error e) {
            tell(e);
        }
    }

    private void tell(Throwable failure) {
        try {
            queue.put(new Ready(null, 0, failure));
        } catch (InterruptedException e) {
            // Nobody waits for it.
        }
    }
}
