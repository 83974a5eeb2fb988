package io.perennial.customers;

import static io.perennial.uikit.Texts.t;

import io.perennial.accounts.ActingAs;
import io.perennial.accounts.CurrentStaff;
import io.perennial.accounts.StaffPrincipal;
import io.perennial.customers.imports.ImportObserver;
import io.perennial.customers.imports.RowSource;
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
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
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
 */
@Service
public class ImportJobs {

    private static final Logger log = LoggerFactory.getLogger(ImportJobs.class);
    private static final Duration SILENCE = Duration.ofSeconds(60);
    private static final Duration KEPT = Duration.ofDays(1);
    private static final int AT_ONCE = 2;

    private final CustomerImports imports;
    private final ImportJobStore store;
    private final ExecutorService workers = Executors.newFixedThreadPool(
            AT_ONCE, Thread.ofPlatform().name("import-", 1).daemon().factory());
    private final Map<Long, TenantId> ours = new ConcurrentHashMap<>();
    private final Map<Long, List<Consumer<ImportJob>>> watchers = new ConcurrentHashMap<>();

    ImportJobs(CustomerImports imports, ImportJobStore store) {
        this.imports = imports;
        this.store = store;
    }

    /**
     * Begins an import and returns at once.
     *
     * @param file read by the job; deleted after an import, however it ended, and kept after a dry run
     * @return the job's id
     */
    @PreAuthorize("hasAuthority('customer:import')")
    public long start(ImportKind kind, Path file, ImportMapping mapping, ImportOptions options) {
        TenantId tenant = CurrentTenant.require();
        Authentication person =
                Objects.requireNonNull(SecurityContextHolder.getContext().getAuthentication());
        long id = TimeOrderedIds.next();
        String source = options.source().length() > 255 ? options.source().substring(0, 255) : options.source();
        store.add(tenant, id, kind, source, options.dryRun(), size(file), personName(person));
        ours.put(id, tenant);
        workers.execute(() -> ActingAs.with(person, tenant, () -> {
            work(tenant, id, kind, file, mapping, options);
            return id;
        }));
        return id;
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
        if (!CurrentTenant.require().equals(ours.get(job))) {
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
        return CurrentTenant.require().equals(ours.get(job));
    }

    @Scheduled(fixedDelay = 10, timeUnit = TimeUnit.SECONDS)
    void beat() {
        ours.forEach((job, tenant) -> store.beat(tenant, job));
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

    @PreDestroy
    void stop() throws InterruptedException {
        workers.shutdownNow();
        workers.awaitTermination(10, TimeUnit.SECONDS);
        ours.forEach(
                (job, tenant) -> store.finish(tenant, job, ImportState.INTERRUPTED, t("customers.import.interrupted")));
    }

    private void work(
            TenantId tenant, long id, ImportKind kind, Path file, ImportMapping mapping, ImportOptions options) {
        RejectedFile rejected =
                new RejectedFile(options.format(), (part, bytes) -> store.addRejected(tenant, id, part, bytes));
        try {
            if (!Files.exists(file)) {
                throw new NoSuchFileException(file.toString());
            }
            imports.run(
                    kind,
                    RowSource.of(file, options.format()),
                    mapping,
                    options,
                    new JobObserver(tenant, id, rejected));
            rejected.flush();
            store.finish(tenant, id, ImportState.DONE, null);
        } catch (ImportRefused e) {
            rejected.flush();
            store.finish(tenant, id, ImportState.FAILED, e.getMessage());
        } catch (JobStopped e) {
            store.finish(tenant, id, ImportState.INTERRUPTED, t("customers.import.interrupted"));
        } catch (NoSuchFileException e) { // the page was left before the check had its turn
            store.finish(tenant, id, ImportState.FAILED, t("customers.import.given_up"));
        } catch (IOException | RuntimeException e) {
            log.error("Import {} broke", id, e);
            store.finish(tenant, id, ImportState.FAILED, t("customers.import.broke", Long.toString(id)));
        } finally {
            if (!options.dryRun()) {
                ImportFiles.discard(file);
            }
            ours.remove(id);
            tell(tenant, id);
            watchers.remove(id);
        }
    }

    private void tell(TenantId tenant, long id) {
        List<Consumer<ImportJob>> list = watchers.get(id);
        if (list != null) {
            store.find(tenant, id).ifPresent(job -> list.forEach(watcher -> watcher.accept(job)));
        }
    }

    private static String personName(Authentication person) {
        return CurrentStaff.find().map(StaffPrincipal::displayName).orElse(person.getName());
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The job was taken away: the node stops, or another took it for dead. */
    private static class JobStopped extends RuntimeException {}

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
            progress(0, ImportCounts.NONE);
        }

        @Override
        public void rejected(RejectedRow row) {
            rejected.add(row);
        }

        @Override
        public void progress(long bytes, ImportCounts counts) {
            if (!store.progress(tenant, id, bytes, counts)
                    || Thread.currentThread().isInterrupted()) {
                throw new JobStopped();
            }
            tell(tenant, id);
        }
    }
}
