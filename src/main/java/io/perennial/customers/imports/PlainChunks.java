package io.perennial.customers.imports;

import io.perennial.customers.ImportCounts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Imports rows that stand for themselves: decisions about topics, and addresses not to be mailed. */
class PlainChunks<R> implements Chunks {

    private static final int SIZE = 5_000;

    private final Function<RawRow, R> parse;
    private final Function<List<R>, PlainOutcome> write;
    private Rows rows = new Rows();

    /**
     * @param parse throws {@link CellProblem} for a row that makes no sense
     * @param write may run several times, so it changes nothing but the database
     */
    PlainChunks(Function<RawRow, R> parse, Function<List<R>, PlainOutcome> write) {
        this.parse = parse;
        this.write = write;
    }

    @Override
    public @Nullable Chunk add(RawRow raw, boolean mayEnd) {
        rows.read++;
        rows.weight += raw.weight();
        try {
            rows.good.add(parse.apply(raw));
        } catch (CellProblem e) {
            rows.bad.put(raw, e.problem());
        }
        return mayEnd && (rows.read >= SIZE || rows.weight >= HEAVY) ? take() : null;
    }

    @Override
    public Chunk take() {
        Rows full = rows;
        rows = new Rows();
        return full;
    }

    @Override
    public List<Chunk> last() {
        return List.of();
    }

    /** The rows of a chunk. What people decided is evidence and cannot be undone, so there is nothing to journal. */
    private final class Rows implements Chunk {

        private final List<R> good = new ArrayList<>();
        private final Map<RawRow, Problem> bad = new LinkedHashMap<>();
        private long read;
        private long weight;

        @Override
        public long rows() {
            return read;
        }

        @Override
        public Written write() {
            PlainOutcome outcome = good.isEmpty() ? new PlainOutcome() : write.apply(good);
            Map<RawRow, Problem> rejects = new LinkedHashMap<>(outcome.rejects);
            rejects.putAll(bad);
            ImportCounts counts =
                    new ImportCounts(read, outcome.created, outcome.updated, outcome.unchanged, rejects.size(), 0);
            return new Written(counts, rejects, Journal.NOTHING, null, outcome.settle);
        }

        /** How everybody stands by now is in the database. */
        @Override
        public void replay(byte @Nullable [] state) {}
    }
}
