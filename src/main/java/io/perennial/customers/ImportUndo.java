package io.perennial.customers;

import static io.perennial.uikit.Texts.t;

import io.perennial.accounts.ActingAs;
import io.perennial.accounts.CurrentStaff;
import io.perennial.accounts.NodeEnd;
import io.perennial.customers.imports.ChunkUndo;
import io.perennial.customers.imports.UndoPlan;
import io.perennial.customers.imports.UndoScope;
import io.perennial.kernel.LastWork;
import io.perennial.kernel.TenantId;
import io.perennial.tenancy.CurrentTenant;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
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

    private final ImportJobStore jobs;
    private final ImportJobRows rows;
    private final UndoStore store;
    private final UndoTerms terms;
    private final UndoChunks chunks;
    private final UndoPlans plans;
    private final ChunkUndo undoing;
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
            UndoChunks chunks,
            UndoPlans plans,
            ChunkUndo undoing,
            ApplicationEventPublisher events,
            NodeEnd node) {
        this.jobs = jobs;
        this.rows = rows;
        this.store = store;
        this.terms = terms;
        this.chunks = chunks;
        this.plans = plans;
        this.undoing = undoing;
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
        UndoScope scope = plans.scope(tenant, importId);
        UndoCounts counts = UndoCounts.NONE;
        for (int number : chunks.toDo(tenant, importId)) {
            counts = counts.plus(chunks.chunk(tenant, importId, number)
                    .map(chunk -> UndoPlans.counts(plans.plan(scope, chunk)))
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
        int forgotten = chunks.forget(WITHIN);
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
            UndoScope scope = plans.scope(tenant, importId);
            for (int number : chunks.toDo(tenant, importId)) {
                if (node.isNear()) {
                    store.finish(tenant, importId, ImportState.INTERRUPTED, null);
                    return;
                }
                undoing.inTransaction(tenant, () -> {
                    chunks.chunk(tenant, importId, number).ifPresent(chunk -> {
                        UndoPlan plan = plans.plan(scope, chunk);
                        undoing.apply(scope, plan);
                        store.done(tenant, importId, number, UndoPlans.counts(plan), plan.kept());
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
}
