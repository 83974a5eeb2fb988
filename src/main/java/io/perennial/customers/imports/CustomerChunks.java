package io.perennial.customers.imports;

import io.perennial.customers.ImportCounts;
import io.perennial.customers.ImportField;
import io.perennial.customers.ImportPolicy;
import io.perennial.kernel.TimeOrderedIds;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
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

    /** @param known the customers whom these rows name, as far as they are stored */
    private Outcome plan(List<CustomerRow> chunk, Collection<StoredCustomer> known) {
        Map<String, StoredCustomer> byId = new HashMap<>();
        Map<String, StoredCustomer> byEmail = new HashMap<>();
        for (StoredCustomer stored : known) {
            if (stored.externalId() != null) {
                byId.put(stored.externalId(), stored);
            }
            if (stored.email() != null) {
                byEmail.put(stored.email(), stored);
            }
        }
        run.erased().refresh(); // after the look-up: who was erased in between is not made anew
        Outcome outcome = outcome();
        Map<CustomerRow, StoredCustomer> matches = new LinkedHashMap<>();
        Map<Long, CustomerRow> taken = new HashMap<>();
        for (CustomerRow row : chunk) {
            if (run.erased().has(row.email(), row.externalId())) {
                outcome.rejects.put(
                        row.raw(),
                        Problem.of(row.email() == null ? ImportField.EXTERNAL_ID : ImportField.EMAIL, "erased"));
                continue;
            }
            StoredCustomer match = row.externalId() == null ? null : byId.get(row.externalId());
            StoredCustomer owner = row.email() == null ? null : byEmail.get(row.email());
            WhoIsWho who = WhoIsWho.of(row, match, owner, run.options().policy().identity());
            match = who.match();
            Problem problem = who.problem();
            if (problem != null) {
                outcome.rejects.put(row.raw(), problem);
            } else if (run.options().policy().upsert()
                    == (match == null ? ImportPolicy.Upsert.UPDATE_ONLY : ImportPolicy.Upsert.ADD_ONLY)) {
                outcome.skipped++;
            } else if (match == null) {
                outcome.inserts.add(row);
            } else {
                CustomerRow before = taken.putIfAbsent(match.id(), row);
                if (before == null) {
                    matches.put(row, match);
                } else { // one row named the customer by id, the other by address
                    outcome.rejects.put(
                            row.raw(),
                            Problem.of(null, "duplicate_customer", before.raw().line()));
                }
            }
        }
        finishPlan(outcome, matches);
        return outcome;
    }

    private void finishPlan(Outcome outcome, Map<CustomerRow, StoredCustomer> matches) {
        if (!outcome.inserts.isEmpty()) {
            long id = TimeOrderedIds.nextBlock(outcome.inserts.size());
            outcome.made = Journal.Ids.block(id, outcome.inserts.size());
            for (CustomerRow row : outcome.inserts) {
                if (outcome.takesAttributes(row, id)) {
                    outcome.fresh.add(new StoredCustomer(id, row.values()));
                    outcome.note(row, id, row.tags());
                    id++;
                }
            }
        }
        outcome.attributes.look(
                matches.values().stream().map(StoredCustomer::id).toList());
        matches.entrySet()
                .removeIf(match -> !outcome.takesAttributes(
                        match.getKey(), match.getValue().id()));
        Map<Long, Set<String>> tags = run.cells().has(ImportField.TAGS)
                ? store.tags(
                        run.tenant(),
                        matches.values().stream().map(StoredCustomer::id).toList())
                : Map.of();
        Set<ImportField> clearing = run.clearing();
        matches.forEach((row, stored) -> { // whose attributes were taken already
            StoredCustomer merged = stored.mergedWith(row.values(), clearing);
            outcome.cleared += merged.clearedSince(stored);
            Set<String> has = tags.getOrDefault(stored.id(), Set.of());
            List<String> more =
                    row.tags().stream().filter(t -> !has.contains(t)).toList();
            if (merged != stored) {
                outcome.changed.add(merged);
                outcome.changes.add(merged.changesSince(stored));
            }
            if (merged != stored || !more.isEmpty() || outcome.attributed.contains(stored.id())) {
                outcome.updated++;
            } else {
                outcome.unchanged.add(stored.id());
            }
            outcome.note(row, stored.id(), more);
        });
        outcome.created = outcome.fresh.size();
        outcome.cleared += outcome.attributes.cleared();
    }

    private Journal journal(Outcome outcome, Set<Long> granted) {
        Map<Long, List<String>> tags = new HashMap<>(outcome.tags);
        tags.keySet().removeIf(outcome.made::has); // they go with the customer
        return new Journal(
                outcome.made,
                Journal.Ids.NONE,
                new Journal.Changes(
                        outcome.changes,
                        tags,
                        granted.stream().filter(id -> !outcome.made.has(id)).toList(),
                        List.of(),
                        outcome.attributes.journal(outcome.made),
                        outcome.unchanged));
    }

    private Outcome outcome() {
        return new Outcome(attributes.plan(run, columns, imagined));
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
            return written(good.isEmpty() ? outcome() : plan(good, find(good)));
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
            Outcome outcome = good.isEmpty() ? outcome() : plan(good, List.of());
            Written written = written(outcome);
            return () -> {
                run.erased().requireUnchanged(erased);
                return written;
            };
        }

        private Written written(Outcome outcome) {
            Set<Long> granted = Set.of();
            if (!run.options().dryRun()) {
                store.insert(run.tenant(), outcome.fresh, run.now());
                store.update(run.tenant(), outcome.changed, run.now());
                store.addTags(run.tenant(), outcome.tags);
                outcome.attributes.write(outcome.made);
                granted = store.grant(run.tenant(), outcome.consents, outcome.made, run.evidence());
            }
            outcome.rejects.putAll(bad);
            ImportCounts counts = new ImportCounts(
                    read,
                    outcome.created,
                    outcome.updated,
                    outcome.unchanged.size(),
                    outcome.rejects.size(),
                    0,
                    outcome.skipped,
                    outcome.cleared);
            return new Written(counts, outcome.rejects, journal(outcome, granted), null, outcome.attributes::settle);
        }

        /** Which ids and addresses the file named before was seen when its rows were read. */
        @Override
        public void replay(byte @Nullable [] state) {}
    }

    /** What a chunk comes to; made anew each time the chunk is tried. */
    private static class Outcome {
        private final List<CustomerRow> inserts = new ArrayList<>();
        private final List<StoredCustomer> fresh = new ArrayList<>();
        private final List<StoredCustomer> changed = new ArrayList<>();
        private final List<Journal.ChangedCustomer> changes = new ArrayList<>();
        private final Map<Long, List<String>> tags = new HashMap<>();
        private final Map<Long, LocalDateTime> consents = new HashMap<>();
        private final Map<RawRow, Problem> rejects = new LinkedHashMap<>();
        private final AttributePlan attributes;
        private final Set<Long> attributed = new HashSet<>();
        private Journal.Ids made = Journal.Ids.NONE;
        private long created;
        private long updated;
        private final List<Long> unchanged = new ArrayList<>();
        private long skipped;
        private long cleared;

        private Outcome(AttributePlan attributes) {
            this.attributes = attributes;
        }

        /** False if the row is left out because of one of them. */
        private boolean takesAttributes(CustomerRow row, long id) {
            try {
                if (attributes.take(row, id)) {
                    attributed.add(id);
                }
                return true;
            } catch (CellProblem e) {
                rejects.put(row.raw(), e.problem());
                return false;
            }
        }

        private void note(CustomerRow row, long id, List<String> newTags) {
            if (!newTags.isEmpty()) {
                tags.put(id, newTags);
            }
            @Nullable LocalDateTime at = row.consentAt();
            if (at != null) {
                consents.put(id, at);
            }
        }
    }
}
