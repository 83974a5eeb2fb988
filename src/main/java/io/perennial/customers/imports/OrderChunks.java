package io.perennial.customers.imports;

import io.perennial.customers.ImportCounts;
import io.perennial.customers.ImportField;
import io.perennial.customers.imports.Dates.Moment;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Imports rows of orders. Rows with the same order id are one order, wherever they stand in the file: rows that come
 * later than their chunk are added to it. One bad row leaves out the whole order, as far as it is in the same chunk.
 */
class OrderChunks implements Chunks {

    private static final int SIZE = 10_000;
    private static final int HARD_LIMIT = 40_000;
    private static final int WRITTEN = 1;
    private static final int REJECTED = 2;
    private static final Set<ImportField> LINE_FIELDS = Set.of(
            ImportField.SKU, ImportField.PRODUCT, ImportField.CATEGORY, ImportField.QUANTITY, ImportField.UNIT_PRICE);

    private final ImportRun run;
    private final OrderWriter writer;
    private final boolean withLines;
    private final Instant latest = Instant.now().plus(Duration.ofDays(1));
    private final Fingerprints orders = new Fingerprints();
    private final DerivedIds derived = new DerivedIds();
    private Map<String, OrderGroup> groups = new LinkedHashMap<>();
    private Map<String, Problem> bad = new LinkedHashMap<>();
    private @Nullable String last;
    private int waiting;
    private long read;
    private long rejected;

    OrderChunks(ImportRun run, OrderWriter.Factory writers) {
        this.run = run;
        this.withLines = LINE_FIELDS.stream().anyMatch(run.cells()::has);
        this.writer = writers.create(run, withLines);
    }

    @Override
    public ImportCounts add(RawRow raw) {
        OrderRow row;
        try {
            row = OrderRow.parse(raw, run.cells(), latest);
        } catch (CellProblem e) {
            read++;
            String order = run.cells().has(ImportField.ORDER_ID) ? run.cells().rawText(raw, ImportField.ORDER_ID) : "";
            if (!order.isEmpty()) {
                bad.putIfAbsent(order, Problem.of(null, "order_has_bad_row", raw.line()));
            }
            reject(raw, e.problem());
            return read >= 4L * SIZE && waiting == 0 ? write() : ImportCounts.NONE;
        }
        String id = row.orderId() != null ? row.orderId() : derivedId(row);
        ImportCounts done =
                waiting >= HARD_LIMIT || (waiting >= SIZE && !id.equals(last)) ? write() : ImportCounts.NONE;
        read++;
        if (id.isEmpty()) {
            reject(raw, Problem.of(null, row.ordered() == null ? "no_order_date" : "no_customer"));
            return done;
        }
        waiting++;
        last = id;
        groups.computeIfAbsent(id, OrderGroup::new).add(row);
        return done;
    }

    @Override
    public ImportCounts finish() {
        ImportCounts counts = write();
        return counts.plus(new ImportCounts(0, 0, writer.finish(), 0, 0, 0));
    }

    private ImportCounts write() {
        List<OrderGroup> fresh = new ArrayList<>();
        List<OrderGroup> more = new ArrayList<>();
        groups.values().forEach(group -> sort(group, fresh, more));
        OrderWriter.Outcome outcome = writer.write(fresh, more);
        outcome.rejects().forEach(this::rejectAll);
        fresh.forEach(group -> orders.put(group.orderId(), outcome.rejects().containsKey(group) ? REJECTED : WRITTEN));
        ImportCounts counts = new ImportCounts(
                read, outcome.created(), outcome.updated(), outcome.unchanged(), rejected, outcome.customersCreated());
        groups = new LinkedHashMap<>();
        bad = new LinkedHashMap<>();
        waiting = 0;
        read = 0;
        rejected = 0;
        return counts;
    }

    private void sort(OrderGroup group, List<OrderGroup> fresh, List<OrderGroup> more) {
        int before = orders.get(group.orderId());
        Problem problem = bad.get(group.orderId());
        if (problem == null && before == REJECTED) {
            problem = Problem.of(null, "order_rejected_before");
        }
        if (problem == null && !withLines && before == WRITTEN) {
            problem = Problem.of(ImportField.ORDER_ID, "duplicate_order");
        }
        if (problem == null && !withLines && group.rows().size() > 1) {
            for (OrderRow again : group.rows().subList(1, group.rows().size())) {
                reject(again.raw(), Problem.of(ImportField.ORDER_ID, "duplicate_order"));
            }
            group.rows().subList(1, group.rows().size()).clear();
        }
        if (problem == null) {
            problem = group.problem(run.currency().getCurrencyCode(), before == WRITTEN);
        }
        if (problem != null) {
            rejectAll(group, problem);
            if (before == 0) {
                orders.put(group.orderId(), REJECTED);
            }
        } else {
            (before == WRITTEN ? more : fresh).add(group);
        }
    }

    private String derivedId(OrderRow row) {
        String customer = row.customerId() != null ? row.customerId() : row.email();
        Moment ordered = row.ordered();
        return customer == null || ordered == null ? "" : derived.next(customer, ordered.on());
    }

    private void rejectAll(OrderGroup group, Problem problem) {
        group.rows().forEach(row -> reject(row.raw(), problem));
    }

    private void reject(RawRow row, Problem problem) {
        rejected++;
        run.rejects().accept(row, problem);
    }
}
