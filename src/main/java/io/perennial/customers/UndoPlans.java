package io.perennial.customers;

import io.perennial.customers.attributes.AttributeCatalogue;
import io.perennial.customers.imports.UndoPlan;
import io.perennial.customers.imports.UndoPlanner;
import io.perennial.customers.imports.UndoScope;
import io.perennial.kernel.TenantId;
import java.time.LocalDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Finds out what undoing an import does. */
@Component
class UndoPlans {

    /** Tables whose rows imports write themselves, or that are made from those. */
    private static final Set<String> OWN =
            Set.of("customer_tag", "consent", "consent_change", "customer_order", "order_line", "customer_summary");

    private final ImportJobStore jobs;
    private final ImportJobRows rows;
    private final UndoChunks chunks;
    private final UndoPlanner planner;
    private final PersonalTables tables;
    private final AttributeCatalogue attributes;

    UndoPlans(
            ImportJobStore jobs,
            ImportJobRows rows,
            UndoChunks chunks,
            UndoPlanner planner,
            PersonalTables tables,
            AttributeCatalogue attributes) {
        this.jobs = jobs;
        this.rows = rows;
        this.chunks = chunks;
        this.planner = planner;
        this.tables = tables;
        this.attributes = attributes;
    }

    /** What has to be known of a whole import before any of its chunks is undone. */
    UndoScope scope(TenantId tenant, long importId) {
        ImportJob job = rows.find(tenant, importId).orElseThrow();
        LocalDateTime begun = chunks.begun(tenant, importId).orElseThrow();
        Set<Long> changedLater = new HashSet<>();
        chunks.laterJournals(tenant, importId, journal -> changedLater.addAll(planner.changedOrders(journal)));
        return UndoScope.of(
                tenant,
                begun,
                job.source(),
                chunks.orders(tenant, importId),
                changedLater,
                attributes(tenant, importId),
                about(table -> !OWN.contains(table.name()) && table.holds()),
                about(PersonalTable::goesAlong));
    }

    private List<UndoScope.Referring> about(Predicate<PersonalTable> which) {
        return tables.all().stream()
                .filter(which)
                .map(table -> new UndoScope.Referring(table.name(), table.customer()))
                .toList();
    }

    private Set<Long> attributes(TenantId tenant, long importId) {
        Set<String> keys = jobs.settings(tenant, importId)
                .map(settings -> settings.mapping().attributes().keySet())
                .orElse(Set.of());
        return attributes.all().stream()
                .filter(attribute -> keys.contains(attribute.key()))
                .map(attribute -> attribute.id().value())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** What undoing a chunk does now. */
    UndoPlan plan(UndoScope scope, UndoChunks.ChunkRow chunk) {
        return planner.plan(scope, chunk.customers(), chunk.orders(), chunk.journal());
    }

    static UndoCounts counts(UndoPlan plan) {
        return new UndoCounts(
                plan.customersRemoved(),
                plan.customersRestored(),
                plan.ordersRemoved(),
                plan.ordersRestored(),
                plan.consentsRemoved(),
                plan.tagsRemoved(),
                plan.kept().size());
    }
}
