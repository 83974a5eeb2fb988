package io.perennial.customers.imports;

import io.perennial.customers.ImportCounts;
import io.perennial.customers.ImportField;
import io.perennial.customers.ImportPolicy;
import io.perennial.kernel.TimeOrderedIds;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a chunk of customers comes to: decided first, then written. Made anew each time the chunk is tried. */
class CustomerPlan {

    private final ImportRun run;
    private final CustomerStore store;
    private final AttributePlan attributes;
    private final List<CustomerRow> inserts = new ArrayList<>();
    private final List<StoredCustomer> fresh = new ArrayList<>();
    private final List<StoredCustomer> changed = new ArrayList<>();
    private final List<Journal.ChangedCustomer> changes = new ArrayList<>();
    private final Map<Long, List<String>> tags = new HashMap<>();
    private final Map<Long, LocalDateTime> consents = new HashMap<>();
    private final Map<RawRow, Problem> rejects = new LinkedHashMap<>();
    private final Set<Long> attributed = new HashSet<>();
    private final List<Long> unchanged = new ArrayList<>();
    private Journal.Ids made = Journal.Ids.NONE;
    private Set<Long> granted = Set.of();
    private long updated;
    private long skipped;
    private long cleared;

    /** Comes to nothing so far. */
    CustomerPlan(ImportRun run, CustomerStore store, AttributePlan attributes) {
        this.run = run;
        this.store = store;
        this.attributes = attributes;
    }

    /** @param known the customers whom these rows name, as far as they are stored */
    void decide(List<CustomerRow> chunk, Collection<StoredCustomer> known) {
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
        Map<CustomerRow, StoredCustomer> matches = new LinkedHashMap<>();
        Map<Long, CustomerRow> taken = new HashMap<>();
        for (CustomerRow row : chunk) {
            if (run.erased().has(row.email(), row.externalId())) {
                rejects.put(
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
                rejects.put(row.raw(), problem);
            } else if (run.options().policy().upsert()
                    == (match == null ? ImportPolicy.Upsert.UPDATE_ONLY : ImportPolicy.Upsert.ADD_ONLY)) {
                skipped++;
            } else if (match == null) {
                inserts.add(row);
            } else {
                CustomerRow before = taken.putIfAbsent(match.id(), row);
                if (before == null) {
                    matches.put(row, match);
                } else { // one row named the customer by id, the other by address
                    rejects.put(
                            row.raw(),
                            Problem.of(null, "duplicate_customer", before.raw().line()));
                }
            }
        }
        make();
        change(matches);
        cleared += attributes.cleared();
    }

    private void make() {
        if (inserts.isEmpty()) {
            return;
        }
        long id = TimeOrderedIds.nextBlock(inserts.size());
        made = Journal.Ids.block(id, inserts.size());
        for (CustomerRow row : inserts) {
            if (takesAttributes(row, id)) {
                fresh.add(new StoredCustomer(id, row.values()));
                note(row, id, row.tags());
                id++;
            }
        }
    }

    private void change(Map<CustomerRow, StoredCustomer> matches) {
        attributes.look(matches.values().stream().map(StoredCustomer::id).toList());
        matches.entrySet()
                .removeIf(match ->
                        !takesAttributes(match.getKey(), match.getValue().id()));
        Map<Long, Set<String>> known = run.cells().has(ImportField.TAGS)
                ? store.tags(
                        run.tenant(),
                        matches.values().stream().map(StoredCustomer::id).toList())
                : Map.of();
        Set<ImportField> clearing = run.clearing();
        matches.forEach((row, stored) -> { // whose attributes were taken already
            StoredCustomer merged = stored.mergedWith(row.values(), clearing);
            cleared += merged.clearedSince(stored);
            Set<String> has = known.getOrDefault(stored.id(), Set.of());
            List<String> more =
                    row.tags().stream().filter(t -> !has.contains(t)).toList();
            if (merged != stored) {
                changed.add(merged);
                changes.add(merged.changesSince(stored));
            }
            if (merged != stored || !more.isEmpty() || attributed.contains(stored.id())) {
                updated++;
            } else {
                unchanged.add(stored.id());
            }
            note(row, stored.id(), more);
        });
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

    /** In the transaction around. */
    void write() {
        store.insert(run.tenant(), fresh, run.now());
        store.update(run.tenant(), changed, run.now());
        store.addTags(run.tenant(), tags);
        attributes.write(made);
        granted = store.grant(run.tenant(), consents, made, run.evidence());
    }

    /**
     * What came of it, written or not.
     *
     * @param rows of the chunk
     * @param bad rows that were left out when they were read
     */
    Written written(long rows, Map<RawRow, Problem> bad) {
        rejects.putAll(bad);
        ImportCounts counts =
                new ImportCounts(rows, fresh.size(), updated, unchanged.size(), rejects.size(), 0, skipped, cleared);
        return new Written(counts, rejects, journal(), null, attributes::settle);
    }

    private Journal journal() {
        Map<Long, List<String>> added = new HashMap<>(tags);
        added.keySet().removeIf(made::has); // they go with the customer
        return new Journal(
                made,
                Journal.Ids.NONE,
                new Journal.Changes(
                        changes,
                        added,
                        granted.stream().filter(id -> !made.has(id)).toList(),
                        List.of(),
                        attributes.journal(made),
                        unchanged));
    }
}
