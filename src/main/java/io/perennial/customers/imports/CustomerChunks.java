package io.perennial.customers.imports;

import io.perennial.customers.ImportField;
import io.perennial.customers.ImportPolicy;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Imports rows of customers. A row is the customer with its external id, else the one with its e-mail address; a blank
 * cell leaves the stored value as it is. Of several rows with the same id or address the first counts.
 */
class CustomerChunks implements Chunks {

    private static final int SIZE = 5_000;

    private final ImportRun run;
    private final CustomerStore store;
    private final AttributeImports attributes;
    private final AttributeColumns columns;
    private final AttributeImports.Imagined imagined = new AttributeImports.Imagined();
    private final LocalDate today;
    private final int size;
    private final Fingerprints seen = new Fingerprints();
    private Rows rows = new Rows();

    CustomerChunks(ImportRun run, CustomerStore store, AttributeImports attributes, AttributeColumns columns) {
        this.run = run;
        this.store = store;
        this.attributes = attributes;
        this.columns = columns;
        this.today = run.today();
        this.size = run.chunkOr(SIZE);
    }

    @Override
    public @Nullable Chunk add(RawRow raw, boolean mayEnd) {
        rows.read++;
        rows.weight += raw.weight();
        try {
            CustomerRow row = CustomerRow.parse(raw, run.cells(), columns, today, run.now());
            requireFirst(row);
            rows.good.add(row);
        } catch (CellProblem e) {
            rows.bad.put(raw, e.problem());
        }
        return mayEnd && (rows.read >= size || rows.weight >= HEAVY) ? take() : null;
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

    private void requireFirst(CustomerRow row) {
        String id = row.externalId() == null ? null : "i" + row.externalId();
        String email = row.email() == null ? null : "e" + row.email();
        int before = Math.max(id == null ? 0 : seen.get(id), email == null ? 0 : seen.get(email));
        if (before > 0) {
            boolean byId = id != null && seen.get(id) > 0;
            throw run.cells()
                    .problem(
                            byId ? ImportField.EXTERNAL_ID : ImportField.EMAIL,
                            byId ? "duplicate_id" : "duplicate_email",
                            before);
        }
        int line = (int) Math.min(row.raw().line(), Integer.MAX_VALUE);
        if (id != null) {
            seen.put(id, line);
        }
        if (email != null) {
            seen.put(email, line);
        }
    }

    private Collection<StoredCustomer> find(List<CustomerRow> chunk) {
        return store.find(
                run.tenant(),
                chunk.stream()
                        .map(CustomerRow::externalId)
                        .filter(Objects::nonNull)
                        .toList(),
                chunk.stream().map(CustomerRow::email).filter(Objects::nonNull).toList());
    }

    /** What rows come to, if the customers they name are these as far as they are stored. */
    private CustomerPlan plan(List<CustomerRow> chunk, Collection<StoredCustomer> known) {
        CustomerPlan plan = new CustomerPlan(run, store, attributes.plan(run, columns, imagined));
        if (!chunk.isEmpty()) {
            plan.decide(chunk, known);
        }
        return plan;
    }

    /** The rows of a chunk. */
    private final class Rows implements Chunk {
        private final List<CustomerRow> good = new ArrayList<>();
        private final Map<RawRow, Problem> bad = new LinkedHashMap<>();
        private long read;
        private long weight;

        @Override
        public long rows() {
            return read;
        }

        @Override
        public Written write() {
            return written(plan(good, good.isEmpty() ? List.of() : find(good)));
        }

        @Override
        public boolean canGoAhead() {
            return !run.options().dryRun()
                    && run.options().policy().upsert() != ImportPolicy.Upsert.UPDATE_ONLY
                    && columns.isEmpty(); // those may add choices to their attributes
        }

        /** All of them are taken for new. */
        @Override
        public Supplier<Written> ahead() {
            long erased = run.erased().refresh();
            Written written = written(plan(good, List.of()));
            return () -> {
                run.erased().requireUnchanged(erased);
                return written;
            };
        }

        private Written written(CustomerPlan plan) {
            if (!run.options().dryRun()) {
                plan.write();
            }
            return plan.written(read, bad);
        }

        /** Which ids and addresses the file named before was seen when its rows were read. */
        @Override
        public void replay(byte @Nullable [] state) {}
    }
}
