package io.perennial.customers;

import static io.perennial.uikit.Texts.t;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Metrics;
import io.perennial.accounts.ActingAs;
import io.perennial.accounts.NodeEnd;
import io.perennial.customers.imports.ImportObserver;
import io.perennial.customers.imports.ImportStopped;
import io.perennial.customers.imports.RowSource;
import io.perennial.kernel.LastWork;
import io.perennial.kernel.TenantId;
import jakarta.annotation.PreDestroy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;

/** Works on jobs on this node, two at once, each with the authority of whoever began it, and tells whoever watches. */
@Component
class ImportRuns {

    private static final Logger log = LoggerFactory.getLogger(ImportRuns.class);
    private static final Duration LAST_CHUNK = Duration.ofSeconds(15);
    private static final int AT_ONCE = 2;

    private final CustomerImports imports;
    private final ImportJobStore store;
    private final ImportAttempts attempts;
    private final ImportJobRows rows;
    private final ImportJobFiles files;
    private final RejectedStore rejectedRows;
    private final NodeEnd node;
    private final ExecutorService workers = Executors.newFixedThreadPool(
            AT_ONCE, Thread.ofPlatform().name("import-", 1).daemon().factory());
    private final Map<Long, Run> ours = new ConcurrentHashMap<>();
    private final AtomicLong runs = new AtomicLong();
    private final Map<Long, List<Consumer<ImportJob>>> watchers = new ConcurrentHashMap<>();

    /** An attempt on this node. */
    private record Run(TenantId tenant, long number) {}

    ImportRuns(
            CustomerImports imports,
            ImportJobStore store,
            ImportAttempts attempts,
            ImportJobRows rows,
            ImportJobFiles files,
            RejectedStore rejectedRows,
            NodeEnd node) {
        this.rows = rows;
        this.imports = imports;
        this.store = store;
        this.attempts = attempts;
        this.files = files;
        this.rejectedRows = rejectedRows;
        this.node = node;
        Gauge.builder("perennial.imports.running", ours, Map::size)
                .description("Imports and checks of files that this node works on")
                .register(Metrics.globalRegistry);
    }

    /** Works on a job that waits, once the transaction around is through, as the person on this thread. */
    void begin(TenantId tenant, long id, ImportKind kind, ImportSettings settings, Path file) {
        Authentication person =
                Objects.requireNonNull(SecurityContextHolder.getContext().getAuthentication());
        Run mine = new Run(tenant, runs.incrementAndGet());
        Runnable job = () -> ActingAs.with(person, tenant, () -> {
            try {
                attempts.take(tenant, id).ifPresent(taken -> work(tenant, id, kind, settings, file, taken));
            } finally {
                if (mine.equals(ours.get(id))) { // else it goes on already
                    if (store.isOverForGood(tenant, id)) { // a check's own file is elsewhere, unless it was taken
                        files.discard(tenant, id);
                    }
                    tell(tenant, id);
                }
                if (ours.remove(id, mine)) {
                    watchers.remove(id);
                }
            }
            return id;
        });
        AfterCommit.run(() -> {
            ours.put(id, mine);
            workers.execute(job);
        });
    }

    /** Whether this node works on it. */
    boolean has(long job) {
        return ours.containsKey(job);
    }

    /** Whether this node works on it, and it is this business's. */
    boolean has(TenantId tenant, long job) {
        Run run = ours.get(job);
        return run != null && run.tenant().equals(tenant);
    }

    /**
     * Tells how a job of this node goes on, on the job's thread.
     *
     * @return stops telling
     */
    Runnable watch(TenantId tenant, long job, Consumer<ImportJob> watcher) {
        if (!has(tenant, job)) {
            return () -> {}; // over, run by another node, or another business's
        }
        watchers.computeIfAbsent(job, id -> new CopyOnWriteArrayList<>()).add(watcher);
        if (!ours.containsKey(job)) {
            watchers.remove(job); // it ended meanwhile; its end is told to nobody any more
        }
        return () -> watchers.computeIfPresent(job, (id, list) -> {
            list.remove(watcher);
            return list.isEmpty() ? null : list;
        });
    }

    void tell(TenantId tenant, long id) {
        List<Consumer<ImportJob>> list = watchers.get(id);
        if (list != null) {
            rows.find(tenant, id).ifPresent(job -> list.forEach(watcher -> watcher.accept(job)));
        }
    }

    /** Says of all jobs of this node that somebody works on them. */
    void beat() {
        ours.forEach((job, run) -> store.beat(run.tenant(), job));
    }

    @PreDestroy
    void stop() {
        LastWork.end(workers, LAST_CHUNK);
        ours.forEach((job, run) -> store.interrupt(run.tenant(), job, t("customers.import.interrupted")));
    }

    private void work(
            TenantId tenant, long id, ImportKind kind, ImportSettings settings, Path file, ImportAttempts.Taken taken) {
        ImportOptions options = settings.options();
        RejectedFile rejected = new RejectedFile(options.format(), taken.rejectedParts(), taken.rejectedBytes());
        try {
            if (!Files.exists(file)) {
                throw new NoSuchFileException(file.toString());
            }
            if (!options.dryRun() && store.hash(tenant, id).isEmpty()) {
                store.saveHash(tenant, id, ImportJobFiles.hash(file));
            }
            imports.run(
                    kind,
                    RowSource.of(file, options.format()),
                    settings.mapping(),
                    options,
                    new JobObserver(tenant, id, rejected),
                    new JobLedger(attempts, tenant, id, taken, rejected, rejectedRows, options.dryRun(), node));
            store.finish(tenant, id, taken.attempt(), ImportState.DONE, null);
        } catch (ImportRefused e) {
            store.finish(tenant, id, taken.attempt(), ImportState.FAILED, e.getMessage());
        } catch (ImportStopped e) { // by a person, who said so already, or by the stop of the node
            store.finish(tenant, id, taken.attempt(), ImportState.INTERRUPTED, t("customers.import.interrupted"));
        } catch (NoSuchFileException e) { // the page was left before the check had its turn
            store.finish(tenant, id, taken.attempt(), ImportState.FAILED, t("customers.import.given_up"));
        } catch (IOException | RuntimeException e) {
            log.error("Import {} broke", id, e);
            store.finish(
                    tenant,
                    id,
                    taken.attempt(),
                    options.dryRun() ? ImportState.FAILED : ImportState.INTERRUPTED,
                    t("customers.import.broke", Long.toString(id)));
        }
    }

    private final class JobObserver implements ImportObserver {

        private final TenantId tenant;
        private final long id;
        private final RejectedFile rejected;

        private JobObserver(TenantId tenant, long id, RejectedFile rejected) {
            this.tenant = tenant;
            this.id = id;
            this.rejected = rejected;
        }

        @Override
        public void header(List<String> names) {
            rejected.header(names);
            tell(tenant, id);
        }

        @Override
        public void progress(long bytes, ImportCounts counts) {
            tell(tenant, id);
        }
    }
}
