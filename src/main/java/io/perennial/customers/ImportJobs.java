package io.perennial.customers;

import static io.perennial.uikit.Texts.t;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Metrics;
import io.perennial.accounts.ActingAs;
import io.perennial.accounts.CurrentStaff;
import io.perennial.accounts.NodeEnd;
import io.perennial.accounts.StaffPrincipal;
import io.perennial.customers.imports.ImportObserver;
import io.perennial.customers.imports.ImportStopped;
import io.perennial.customers.imports.RowSource;
import io.perennial.kernel.LastWork;
import io.perennial.kernel.TenantId;
import io.perennial.kernel.TimeOrderedIds;
import io.perennial.tenancy.CurrentTenant;
import jakarta.annotation.PreDestroy;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Service;

/**
 * Imports in the background: they outlive the page that began them, run with the authority of the person who did, and
 * say how far they are. The node that runs a job keeps its beat going; a job whose beat stopped is marked interrupted.
 * Paused and interrupted jobs go on behind the last chunk that was written, with the authority of whoever asks for it.
 */
@Service
public class ImportJobs {

    private static final Logger log = LoggerFactory.getLogger(ImportJobs.class);
    private static final Duration SILENCE = Duration.ofSeconds(60);
    private static final Duration KEPT = Duration.ofDays(1);
    private static final Duration FORGOTTEN = Duration.ofDays(7);
    private static final Duration LAST_CHUNK = Duration.ofSeconds(15);
    private static final int AT_ONCE = 2;

    private final CustomerImports imports;
    private final ImportJobStore store;
    private final ImportJobFiles files;
    private final NodeEnd node;
    private final ExecutorService workers = Executors.newFixedThreadPool(
            AT_ONCE, Thread.ofPlatform().name("import-", 1).daemon().factory());
    private final Map<Long, Run> ours = new ConcurrentHashMap<>();
    private final AtomicLong runs = new AtomicLong();
    private final Map<Long, List<Consumer<ImportJob>>> watchers = new ConcurrentHashMap<>();

    ImportJobs(CustomerImports imports, ImportJobStore store, ImportJobFiles files, NodeEnd node) {
        this.imports = imports;
        this.store = store;
        this.files = files;
        this.node = node;
        Gauge.builder("perennial.imports.running", ours, Map::size)
                .description("Imports and checks of files that this node works on")
                .register(Metrics.globalRegistry);
    }

    /**
     * Begins an import and returns at once.
     *
     * @param file read by the job; an import takes it away and deletes it in the end, a dry run leaves it where it is
     * @return the job's id
     * @throws ImportRefused if a needed column is missing, or it is to do what the person may not
     */
    @PreAuthorize("hasAuthority('customer:import')")
    public long start(ImportKind kind, Path file, ImportMapping mapping, ImportOptions options) {
        TenantId tenant = CurrentTenant.require();
        CustomerImports.requireAllowed(kind, mapping, options);
        long id = TimeOrderedIds.next();
        ImportSettings settings = new ImportSettings(mapping, options);
        store.add(tenant, id, kind, settings, size(file), personName());
        Path place = options.dryRun() ? file : files.take(file, tenant, id);
        run(tenant, id, kind, settings, place);
        return id;
    }

    /**
     * As {@link #start}, for a file that nobody else keeps: a check takes it away, too.
     *
     * @return the job's id
     * @throws ImportRefused if a needed column is missing, or it is to do what the person may not
     */
    @PreAuthorize("hasAuthority('customer:import')")
    public long startTaking(ImportKind kind, Path file, ImportMapping mapping, ImportOptions options) {
        TenantId tenant = CurrentTenant.require();
        CustomerImports.requireAllowed(kind, mapping, options);
        long id = TimeOrderedIds.next();
        ImportSettings settings = new ImportSettings(mapping, options);
        store.add(tenant, id, kind, settings, size(file), personName());
        run(tenant, id, kind, settings, files.take(file, tenant, id));
        return id;
    }

    /**
     * Stops an import for a while, behind the chunk that is being written. A check of a file cannot be paused.
     *
     * @return false if it is over, or only a check
     */
    @PreAuthorize("hasAuthority('customer:import')")
    public boolean pause(long importId) {
        TenantId tenant = CurrentTenant.require();
        return store.find(tenant, importId).filter(job -> !job.dryRun()).isPresent()
                && told(tenant, importId, store.stop(tenant, importId, ImportState.PAUSED));
    }

    /**
     * Stops an import or a check for good. What was imported stays, and can be undone.
     *
     * @return false if it is over
     */
    @PreAuthorize("hasAuthority('customer:import')")
    public boolean cancel(long importId) {
        TenantId tenant = CurrentTenant.require();
        boolean stopped = store.stop(tenant, importId, ImportState.CANCELLED);
        if (stopped && !ours.containsKey(importId)) {
            files.discard(tenant, importId);
        }
        return told(tenant, importId, stopped);
    }

    /** Whether this node has the file of an import that is not over, so that {@link #resume} needs nothing more. */
    @PreAuthorize("hasAuthority('customer:import')")
    public boolean hasFile(long importId) {
        return files.has(CurrentTenant.require(), importId);
    }

    /**
     * Goes on with an import that was paused or interrupted.
     *
     * @return false if it is in no such state, or its file is not on this node: then {@link #resumeWith} it
     * @throws ImportRefused if it does what the person may not
     */
    @PreAuthorize("hasAuthority('customer:import')")
    public boolean resume(long importId) {
        TenantId tenant = CurrentTenant.require();
        Optional<ImportJob> job = store.find(tenant, importId);
        Optional<ImportSettings> settings = store.settings(tenant, importId);
        if (job.isEmpty() || settings.isEmpty() || !files.has(tenant, importId)) {
            return false;
        }
        CustomerImports.requireAllowed(
                job.get().kind(), settings.get().mapping(), settings.get().options());
        if (!store.queueAgain(tenant, importId)) {
            return false;
        }
        run(tenant, importId, job.get().kind(), settings.get(), files.of(tenant, importId));
        return true;
    }

    /**
     * Goes on with an import whose file this node does not have, with a copy of that file.
     *
     * @param file taken away if it is the same
     * @return false if the import was neither paused nor interrupted
     * @throws ImportRefused if it is another file
     */
    @PreAuthorize("hasAuthority('customer:import')")
    public boolean resumeWith(long importId, Path file) {
        TenantId tenant = CurrentTenant.require();
        Optional<ImportJob> job =
                store.find(tenant, importId).filter(j -> j.state().canGoOn() && !j.dryRun());
        if (job.isEmpty()) {
            return false;
        }
        Optional<byte[]> hash = store.hash(tenant, importId);
        if (size(file) != job.get().bytesTotal() || (hash.isPresent() && !Arrays.equals(hash.get(), hash(file)))) {
            throw new ImportRefused(t("customers.refused.other_file", job.get().source()));
        }
        files.take(file, tenant, importId);
        return resume(importId);
    }

    @PreAuthorize("hasAuthority('customer:import')")
    public Optional<ImportJob> find(long id) {
        return store.find(CurrentTenant.require(), id);
    }

    /** The latest imports of this business, the newest first. */
    @PreAuthorize("hasAuthority('customer:import')")
    public List<ImportJob> latest(int limit) {
        return store.latest(CurrentTenant.require(), limit);
    }

    /**
     * The imports of this business without checks of files, the newest first.
     *
     * @param before the id of the last one seen, or 0 to begin
     */
    @PreAuthorize("hasAuthority('customer:import')")
    public List<ImportJob> imports(long before, int limit) {
        return store.imports(CurrentTenant.require(), before, limit);
    }

    /** Imports that were paused or interrupted and wait for somebody to go on with them, the newest first. */
    @PreAuthorize("hasAuthority('customer:import')")
    public List<ImportJob> stopped(int limit) {
        return store.stopped(CurrentTenant.require(), limit);
    }

    /**
     * Writes the rejected rows as a CSV file: line, column, reason, then the cells as they were.
     *
     * @param out stays open
     */
    @PreAuthorize("hasAuthority('customer:import')")
    public void writeRejected(long job, OutputStream out) {
        store.rejected(CurrentTenant.require(), job, piece -> {
            try {
                out.write(piece);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** The first rows that were left out, in the file's order, to be read on the page. */
    @PreAuthorize("hasAuthority('customer:import')")
    public List<RejectedRow> firstRejected(long job, int most) {
        return store.firstRejected(CurrentTenant.require(), job)
                .map(piece -> RejectedFile.read(piece, most))
                .orElse(List.of());
    }

    /**
     * Tells how a job of this node goes on, on the job's thread; the last call is for its end.
     *
     * @return stops telling
     */
    @PreAuthorize("hasAuthority('customer:import')")
    public Runnable watch(long job, Consumer<ImportJob> watcher) {
        if (!CurrentTenant.require().equals(tenantOf(job))) {
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

    /** Whether this node works on the job, so that {@link #watch} has something to tell. */
    @PreAuthorize("hasAuthority('customer:import')")
    public boolean isHere(long job) {
        return CurrentTenant.require().equals(tenantOf(job));
    }

    @Scheduled(fixedDelay = 10, timeUnit = TimeUnit.SECONDS)
    void beat() {
        ours.forEach((job, run) -> store.beat(run.tenant(), job));
        int stale = store.interruptStale(SILENCE, t("customers.import.interrupted"));
        if (stale > 0) {
            log.warn("{} imports were interrupted by the stop of their node", stale);
        }
    }

    /** What a check left out is kept for a day, as its file is. */
    @Scheduled(initialDelay = 40, fixedDelay = 3600, timeUnit = TimeUnit.SECONDS)
    void tidy() {
        int pieces = store.dropRejectedOfChecks(KEPT);
        if (pieces > 0) {
            log.info("Deleted {} pieces of rows that checks of files had left out", pieces);
        }
    }

    /** Files of imports that are over, or that nobody went on with for a week. */
    @Scheduled(initialDelay = 50, fixedDelay = 3600, timeUnit = TimeUnit.SECONDS)
    void tidyFiles() {
        int forgotten = store.cancelForgotten(FORGOTTEN);
        if (forgotten > 0) {
            log.info("Cancelled {} imports that nobody went on with for {} days", forgotten, FORGOTTEN.toDays());
        }
        files.sweep((tenant, job) -> !ours.containsKey(job) && store.isOverForGood(tenant, job));
    }

    @PreDestroy
    void stop() {
        LastWork.end(workers, LAST_CHUNK);
        ours.forEach((job, run) -> store.interrupt(run.tenant(), job, t("customers.import.interrupted")));
    }

    private void run(TenantId tenant, long id, ImportKind kind, ImportSettings settings, Path file) {
        Authentication person =
                Objects.requireNonNull(SecurityContextHolder.getContext().getAuthentication());
        Run mine = new Run(tenant, runs.incrementAndGet());
        Runnable job = () -> ActingAs.with(person, tenant, () -> {
            try {
                store.take(tenant, id).ifPresent(taken -> work(tenant, id, kind, settings, file, taken));
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

    private void work(
            TenantId tenant, long id, ImportKind kind, ImportSettings settings, Path file, ImportJobStore.Taken taken) {
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
                    new JobLedger(store, tenant, id, taken, rejected, options.dryRun(), node));
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

    private boolean told(TenantId tenant, long id, boolean stopped) {
        if (stopped) {
            tell(tenant, id);
        }
        return stopped;
    }

    private void tell(TenantId tenant, long id) {
        List<Consumer<ImportJob>> list = watchers.get(id);
        if (list != null) {
            store.find(tenant, id).ifPresent(job -> list.forEach(watcher -> watcher.accept(job)));
        }
    }

    private @Nullable TenantId tenantOf(long job) {
        Run run = ours.get(job);
        return run == null ? null : run.tenant();
    }

    /** An attempt on this node. */
    private record Run(TenantId tenant, long number) {}

    private static String personName() {
        Authentication person =
                Objects.requireNonNull(SecurityContextHolder.getContext().getAuthentication());
        return CurrentStaff.find().map(StaffPrincipal::displayName).orElse(person.getName());
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] hash(Path file) {
        try {
            return ImportJobFiles.hash(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
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
