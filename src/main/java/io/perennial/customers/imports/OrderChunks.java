package io.perennial.customers.imports;

import io.perennial.customers.ImportCounts;
import io.perennial.customers.ImportField;
import io.perennial.customers.imports.Dates.Moment;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Imports rows of orders. Rows with the same order id are one order, wherever they stand in the file: rows that come
 * later than their chunk are added to it. One bad row leaves out the whole order, as far as it is in the same chunk.
 */
class OrderChunks implements Chunks {

    private static final int SIZE = 10_000;
    private static final int HARD_LIMIT = 20_000;

    private static final Set<ImportField> LINE_FIELDS = Set.of(
            ImportField.SKU, ImportField.PRODUCT, ImportField.CATEGORY, ImportField.QUANTITY, ImportField.UNIT_PRICE);

    private final ImportRun run;
    private final OrderWriter writer;
    private final boolean withLines;
    private final Instant latest;
    private final int size;
    /** Used when chunks are written; all else when they are read. */
    private final OrdersOfFile orders;

    private final DerivedIds derived = new DerivedIds();
    private Rows rows = new Rows();
    private @Nullable String last;

    OrderChunks(ImportRun run, OrderWriter.Factory writers) {
        this.run = run;
        this.withLines = LINE_FIELDS.stream().anyMatch(run.cells()::has);
        this.size = run.chunkOr(SIZE);
        this.orders = new OrdersOfFile(run.currency().getCurrencyCode(), withLines);
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

        private OrdersOfFile.Sorted sorted() {
            return orders.sort(groups.values(), bad, rejects);
        }

        @Override
        public Written write() {
            OrdersOfFile.Sorted sorted = sorted();
            return written(sorted, writer.write(sorted.fresh(), sorted.more()));
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
            OrdersOfFile.Sorted sorted = sorted();
            Supplier<OrderPlan.Outcome> begun = writer.ahead(sorted.fresh());
            return begun == null ? null : () -> written(sorted, begun.get());
        }

        private boolean isNamedBefore(String order) {
            for (Rows earlier = before; earlier != null; earlier = earlier.before) {
                if (earlier.groups.containsKey(order)) {
                    return true;
                }
            }
            return orders.has(order); // looked at last: a chunk that is through is known there before it is let go
        }

        private Written written(OrdersOfFile.Sorted sorted, OrderPlan.Outcome outcome) {
            outcome.rejects().forEach(sorted::reject);
            ImportCounts counts = new ImportCounts(
                    read,
                    outcome.created(),
                    outcome.updated(),
                    outcome.unchanged(),
                    sorted.rejects().size(),
                    outcome.customersCreated(),
                    outcome.skippedRows() + sorted.skippedRows(),
                    0);
            byte[] state = OrderChunkState.pack(
                    sorted.all(),
                    outcome.rejects().keySet(),
                    outcome.skipped(),
                    outcome.parts().waiting(),
                    outcome.parts().settled());
            return new Written(counts, sorted.rejects(), outcome.journal(), state, () -> {
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
            OrdersOfFile.Sorted sorted = sorted();
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

    private String derivedId(OrderRow row) {
        String customer = row.customerId() != null ? row.customerId() : row.email();
        Moment ordered = row.ordered();
        return customer == null || ordered == null ? "" : derived.next(customer, ordered.on());
    }
}
