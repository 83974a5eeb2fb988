package io.perennial.customers.imports;

import io.perennial.customers.ImportCounts;
import io.perennial.customers.ImportField;
import io.perennial.customers.imports.Dates.Moment;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Imports rows of orders. Rows with the same order id are one order, wherever they stand in the file: rows that come
 * later than their chunk are added to it. One bad row leaves out the whole order, as far as it is in the same chunk.
 */
class OrderChunks implements Chunks {

    private static final int SIZE = 10_000;
    private static final int HARD_LIMIT = 20_000;
    private static final int WRITTEN = 1;
    private static final int REJECTED = 2;
    /** Known before this import, and to stay as it is. */
    private static final int SKIPPED = 3;

    private static final Set<ImportField> LINE_FIELDS = Set.of(
            ImportField.SKU, ImportField.PRODUCT, ImportField.CATEGORY, ImportField.QUANTITY, ImportField.UNIT_PRICE);

    private final ImportRun run;
    private final OrderWriter writer;
    private final boolean withLines;
    private final Instant latest;
    private final int size;
    /** Used when chunks are written, by several threads; all else when they are read. */
    private final Fingerprints orders = new Fingerprints();

    private final DerivedIds derived = new DerivedIds();
    private Rows rows = new Rows();
    private @Nullable String last;

    OrderChunks(ImportRun run, OrderWriter.Factory writers) {
        this.run = run;
        this.withLines = LINE_FIELDS.stream().anyMatch(run.cells()::has);
        this.size = run.chunkOr(SIZE);
        this.writer = writers.create(run, withLines);
        this.latest = run.now().toInstant(ZoneOffset.UTC).plus(Duration.ofDays(1));
    }

    @Override
    public @Nullable Chunk add(RawRow raw, boolean mayEnd) {
        OrderRow row;
        try {
            row = OrderRow.parse(raw, run.cells(), latest);
        } catch (CellProblem e) {
            rows.take(raw);
            String order = run.cells().has(ImportField.ORDER_ID) ? run.cells().rawText(raw, ImportField.ORDER_ID) : "";
            if (!order.isEmpty()) {
                rows.bad.putIfAbsent(order, Problem.of(null, "order_has_bad_row", raw.line()));
            }
            rows.rejects.put(raw, e.problem());
            return mayEnd && rows.waiting == 0 && (rows.read >= size || rows.weight >= HEAVY) ? take() : null;
        }
        String id = row.orderId() != null ? row.orderId() : derivedId(row);
        Chunk full = mayEnd && rows.endsBefore(id) ? take() : null;
        rows.take(raw);
        if (id.isEmpty()) {
            rows.rejects.put(raw, Problem.of(null, row.ordered() == null ? "no_order_date" : "no_customer"));
            return full;
        }
        rows.waiting++;
        last = id;
        rows.groups.computeIfAbsent(id, OrderGroup::new).add(row);
        return full;
    }

    @Override
    public Chunk take() {
        Rows full = rows;
        rows = new Rows();
        rows.before = full;
        return full;
    }

    @Override
    public List<Chunk> last() {
        return writer.rest();
    }

    /** The rows of a chunk. */
    private final class Rows implements Chunk {
        /** The chunk before, until this one is through. */
        private volatile @Nullable Rows before;

        private volatile Map<String, OrderGroup> groups = new LinkedHashMap<>();
        private final Map<String, Problem> bad = new HashMap<>();
        private final Map<RawRow, Problem> rejects = new LinkedHashMap<>();
        private int waiting;
        private long read;
        private long weight;

        private void take(RawRow row) {
            read++;
            weight += row.weight();
        }

        private boolean endsBefore(String order) {
            return waiting >= HARD_LIMIT
                    || weight >= 2 * HEAVY
                    || ((waiting >= size || weight >= HEAVY) && !order.equals(last));
        }

        @Override
        public long rows() {
            return read;
        }

        @Override
        public Written write() {
            Sorted sorted = new Sorted(this);
            return written(sorted, writer.write(sorted.fresh, sorted.more));
        }

        @Override
        public boolean canGoAhead() {
            return !run.options().dryRun();
        }

        /** Its orders are taken for new, unless the file named one of them before. */
        @Override
        public @Nullable Supplier<Written> ahead() {
            if (groups.keySet().stream().anyMatch(this::isNamedBefore)) {
                return null;
            }
            Sorted sorted = new Sorted(this);
            Supplier<OrderWriter.Outcome> begun = writer.ahead(sorted.fresh);
            return begun == null ? null : () -> written(sorted, begun.get());
        }

        private boolean isNamedBefore(String order) {
            for (Rows earlier = before; earlier != null; earlier = earlier.before) {
                if (earlier.groups.containsKey(order)) {
                    return true;
                }
            }
            return orders.get(order) != 0; // looked at last: a chunk that is through is known there before it is let go
        }

        private Written written(Sorted sorted, OrderWriter.Outcome outcome) {
            outcome.rejects().forEach(sorted::reject);
            ImportCounts counts = new ImportCounts(
                    read,
                    outcome.created(),
                    outcome.updated(),
                    outcome.unchanged(),
                    sorted.rejects.size(),
                    outcome.customersCreated(),
                    outcome.skippedRows() + sorted.skippedRows,
                    0);
            byte[] state = OrderChunkState.pack(
                    sorted.all(),
                    outcome.rejects().keySet(),
                    outcome.skipped(),
                    outcome.parts().waiting(),
                    outcome.parts().settled());
            return new Written(counts, sorted.rejects, outcome.journal(), state, () -> {
                sorted.remember(outcome.rejects().keySet(), outcome.skipped());
                writer.settle(outcome);
                letGo();
            });
        }

        private void letGo() {
            groups = Map.of();
            before = null;
        }

        @Override
        public void replay(byte @Nullable [] packed) {
            OrderChunkState state = OrderChunkState.unpack(packed);
            Sorted sorted = new Sorted(this);
            List<OrderGroup> all = sorted.all();
            sorted.remember(at(all, state.rejected()), at(all, state.skipped()));
            for (int place : state.settled()) {
                writer.forget(all.get(place).orderId());
            }
            writer.await(Arrays.stream(state.waiting()).mapToObj(all::get).toList());
            letGo();
        }

        private static Set<OrderGroup> at(List<OrderGroup> all, int[] places) {
            return Arrays.stream(places).mapToObj(all::get).collect(Collectors.toSet());
        }
    }

    /** A chunk's orders by what is to be done with them. Looking does not change what is known of the file. */
    private final class Sorted {
        private final List<OrderGroup> fresh = new ArrayList<>();
        private final List<OrderGroup> more = new ArrayList<>();
        private final List<String> refused = new ArrayList<>();
        private final Map<RawRow, Problem> rejects;
        private long skippedRows;

        private Sorted(Rows rows) {
            rejects = new LinkedHashMap<>(rows.rejects);
            rows.groups.values().forEach(group -> sort(group, rows.bad.get(group.orderId())));
        }

        private void sort(OrderGroup given, @Nullable Problem bad) {
            OrderGroup group = given;
            int before = orders.get(group.orderId());
            if (before == SKIPPED && bad == null) {
                skippedRows += group.rows().size();
                return;
            }
            Problem problem = bad;
            if (problem == null && before == REJECTED) {
                problem = Problem.of(null, "order_rejected_before");
            }
            if (problem == null && !withLines && before == WRITTEN) {
                problem = Problem.of(ImportField.ORDER_ID, "duplicate_order");
            }
            if (problem == null && !withLines && group.rows().size() > 1) {
                for (OrderRow again : group.rows().subList(1, group.rows().size())) {
                    rejects.put(again.raw(), Problem.of(ImportField.ORDER_ID, "duplicate_order"));
                }
                group = group.firstRowOnly();
            }
            if (problem == null) {
                problem = group.problem(run.currency().getCurrencyCode(), before == WRITTEN);
            }
            if (problem != null) {
                reject(group, problem);
                if (before == 0) {
                    refused.add(group.orderId());
                }
            } else {
                (before == WRITTEN ? more : fresh).add(group);
            }
        }

        private void reject(OrderGroup group, Problem problem) {
            group.rows().forEach(row -> rejects.put(row.raw(), problem));
        }

        private List<OrderGroup> all() {
            return Stream.concat(fresh.stream(), more.stream()).toList();
        }

        /** After the chunk is through. */
        private void remember(Set<OrderGroup> rejected, Set<OrderGroup> skipped) {
            refused.forEach(id -> orders.put(id, REJECTED));
            fresh.forEach(group -> orders.put(
                    group.orderId(),
                    rejected.contains(group) ? REJECTED : skipped.contains(group) ? SKIPPED : WRITTEN));
        }
    }

    private String derivedId(OrderRow row) {
        String customer = row.customerId() != null ? row.customerId() : row.email();
        Moment ordered = row.ordered();
        return customer == null || ordered == null ? "" : derived.next(customer, ordered.on());
    }
}
