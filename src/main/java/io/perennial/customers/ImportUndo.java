package io.perennial.customers;

import static io.perennial.uikit.Texts.t;

import io.perennial.accounts.ActingAs;
import io.perennial.accounts.CurrentStaff;
import io.perennial.accounts.NodeEnd;
import io.perennial.customers.attributes.AttributeCatalogue;
import io.perennial.customers.imports.ChunkUndo;
import io.perennial.customers.imports.UndoPlan;
import io.perennial.customers.imports.UndoPlanner;
import io.perennial.customers.imports.UndoScope;
import io.perennial.kernel.LastWork;
import io.perennial.kernel.TenantId;
import io.perennial.tenancy.CurrentTenant;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Service;

/**
 * Undoes a whole import, within seven days. What was built on it since stays and is listed: customers with orders, mails or
 * a decision of their own about mails, and whatever was changed once more. Suppressions and withdrawals stay in any case.
 */
@Service
public class ImportUndo {

    /** How long an import can be undone after its end. */
    public static final Duration WITHIN = Duration.ofDays(7);

    private static final Logger log = LoggerFactory.getLogger(ImportUndo.class);
    private static final Duration SILENCE = Duration.ofSeconds(60);
    private static final Duration LAST_CHUNK = Duration.ofSeconds(10);

    /** Tables whose rows imports write themselves, or that are made from those. */
    private static final Set<String> OWN =
            Set.of("customer_tag", "consent", "consent_change", "customer_order", "order_line", "customer_summary");

    private final ImportJobStore jobs;
    private final ImportJobRows rows;
    private final UndoStore store;
    private final UndoTerms terms;
    private final UndoPlanner planner;
    private final ChunkUndo chunks;
    private final PersonalTables tables;
    private final AttributeCatalogue attributes;
    private final ApplicationEventPublisher events;
    private final NodeEnd node;
    private final ExecutorService worker = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("import-undo").daemon().factory());
    private final Map<Long, TenantId> ours = new ConcurrentHashMap<>();

    ImportUndo(
            ImportJobStore jobs,
            ImportJobRows rows,
            UndoStore store,
            UndoTerms terms,
            UndoPlanner planner,
            ChunkUndo chunks,
            PersonalTables tables,
            AttributeCatalogue attributes,
            ApplicationEventPublisher events,
            NodeEnd node) {
        this.jobs = jobs;
        this.rows = rows;
        this.store = store;
        this.terms = terms;
        this.planner = planner;
        this.chunks = chunks;
        this.tables = tables;
        this.attributes = attributes;
        this.events = events;
        this.node = node;
    }

    /** Until when an import can be undone; nothing if it cannot, or was. */
    @PreAuthorize("hasAuthority('customer:import')")
    public Optional<Instant> possibleUntil(long importId) {
        return terms.until(CurrentTenant.require(), importId);
    }

    /** Why an import cannot be undone, in words that say what else to do; nothing if it can. */
    @PreAuthorize("hasAuthority('customer:import')")
    public Optional<String> whyNot(long importId) {
        return terms.whyNot(CurrentTenant.require(), importId);
    }

    /** Keeps what an import can be undone by for longer than usual: of the made-up customers of a sample. */
    void keepFor(long importId, int days) {
        store.keep(CurrentTenant.require(), importId, days);
    }

    /**
     * What undoing an import would do now, without doing it. Goes through the whole import: a second for some 100,000 rows.
     *
     * @throws ImportRefused if it cannot be undone
     */
    @PreAuthorize("hasAuthority('customer:import')")
    public UndoCounts preview(long importId) {
        TenantId tenant = requirePossible(importId);
        UndoScope scope = scope(tenant, importId);
        UndoCounts counts = UndoCounts.NONE;
        for (int number : store.toDo(tenant, importId)) {
            counts = counts.plus(store.chunk(tenant, importId, number)
                    .map(chunk -> counts(plan(scope, chunk)))
                    .orElse(UndoCounts.NONE));
        }
        return counts;
    }

    /**
     * Begins to undo an import and returns at once. One that was paused or interrupted can then not go on any more.
     *
     * @return false if that is under way already
     * @throws ImportRefused if it cannot be undone
     */
    @PreAuthorize("hasAuthority('customer:import')")
    public boolean undo(long importId) {
        TenantId tenant = requirePossible(importId);
        Authentication person =
                Objects.requireNonNull(SecurityContextHolder.getContext().getAuthentication());
        String name = CurrentStaff.actorName().orElse(person.getName());
        String source = rows.find(tenant, importId).orElseThrow().source();
        jobs.stop(tenant, importId, ImportState.CANCELLED);
        if (!store.begin(tenant, importId, source, name) || ours.containsKey(importId)) {
            return false;
        }
        AfterCommit.run(() -> {
            if (ours.putIfAbsent(importId, tenant) == null) {
                worker.execute(() -> ActingAs.with(person, tenant, () -> {
                    work(tenant, importId);
                    return importId;
                }));
            }
        });
        return true;
    }

    /** How undoing an import goes, or went. */
    @PreAuthorize("hasAuthority('customer:import')")
    public Optional<UndoJob> find(long importId) {
        return store.find(CurrentTenant.require(), importId);
    }

    /** What stayed as it is, or in part, and why: of more than 10,000, the first. */
    @PreAuthorize("hasAuthority('customer:import')")
    public List<UndoPlan.Kept> kept(long importId, int offset, int limit) {
        return store.kept(CurrentTenant.require(), importId, offset, limit);
    }

    /** How many of those stayed for which reason, of the first 10,000. */
    @PreAuthorize("hasAuthority('customer:import')")
    public Map<UndoPlan.Reason, Long> keptBecause(long importId) {
        return store.keptBecause(CurrentTenant.require(), importId);
    }

    @Scheduled(fixedDelay = 10, timeUnit = TimeUnit.SECONDS)
    void beat() {
        ours.forEach((job, tenant) -> store.beat(tenant, job));
        store.interruptStale(SILENCE);
    }

    /** Journals hold people's data, and are kept no longer than they can be used. */
    @Scheduled(cron = "0 40 3 * * *")
    void sweep() {
        int forgotten = store.forget(WITHIN);
        if (forgotten > 0) {
            log.info("Deleted {} chunks of imports that can no longer be undone", forgotten);
        }
    }

    @PreDestroy
    void stop() {
        LastWork.end(worker, LAST_CHUNK);
        ours.forEach((job, tenant) -> store.finish(tenant, job, ImportState.INTERRUPTED, null));
    }

    private TenantId requirePossible(long importId) {
        TenantId tenant = CurrentTenant.require();
        terms.whyNot(tenant, importId).ifPresent(why -> {
            throw new ImportRefused(why);
        });
        return tenant;
    }

    private void work(TenantId tenant, long importId) {
        try {
            if (!store.take(tenant, importId)) {
                return;
            }
            UndoScope scope = scope(tenant, importId);
            for (int number : store.toDo(tenant, importId)) {
                if (node.isNear()) {
                    store.finish(tenant, importId, ImportState.INTERRUPTED, null);
                    return;
                }
                chunks.inTransaction(tenant, () -> {
                    store.chunk(tenant, importId, number).ifPresent(chunk -> {
                        UndoPlan plan = plan(scope, chunk);
                        chunks.apply(scope, plan);
                        store.done(tenant, importId, number, counts(plan), plan.kept());
                    });
                    return number;
                });
            }
            store.finish(tenant, importId, ImportState.DONE, null);
            if (!scope.orders().isEmpty()
                    || store.find(tenant, importId)
                            .filter(undo -> undo.counts().ordersRestored() > 0)
                            .isPresent()) {
                events.publishEvent(new OrdersImported(tenant));
            }
        } catch (RuntimeException e) {
            log.error("Undoing import {} broke", importId, e);
            store.finish(tenant, importId, ImportState.FAILED, t("customers.import.undo_broke"));
        } finally {
            ours.remove(importId);
        }
    }

    private UndoScope scope(TenantId tenant, long importId) {
        ImportJob job = rows.find(tenant, importId).orElseThrow();
        LocalDateTime begun = store.begun(tenant, importId).orElseThrow();
        Set<Long> changedLater = new HashSet<>();
        store.laterJournals(tenant, importId, journal -> changedLater.addAll(planner.changedOrders(journal)));
        return UndoScope.of(
                tenant,
                begun,
                job.source(),
                store.orders(tenant, importId),
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

    private UndoPlan plan(UndoScope scope, UndoStore.ChunkRow chunk) {
        return planner.plan(scope, chunk.customers(), chunk.orders(), chunk.journal());
    }

    private static UndoCounts counts(UndoPlan plan) {
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
