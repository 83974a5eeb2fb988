package io.perennial.customers;

import static io.perennial.uikit.Texts.t;

import io.perennial.accounts.CurrentStaff;
import io.perennial.accounts.StaffPrincipal;
import io.perennial.kernel.TenantId;
import io.perennial.kernel.TimeOrderedIds;
import io.perennial.tenancy.CurrentTenant;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
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

    private final ImportJobStore store;
    private final ImportJobFiles files;
    private final ImportRuns runs;
    private final ImportJobRows rows;

    ImportJobs(ImportJobStore store, ImportJobRows rows, ImportJobFiles files, ImportRuns runs) {
        this.rows = rows;
        this.store = store;
        this.files = files;
        this.runs = runs;
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
        return start(kind, file, mapping, options, !options.dryRun());
    }

    /**
     * As {@link #start}, for a file that nobody else keeps: a check takes it away, too.
     *
     * @return the job's id
     * @throws ImportRefused if a needed column is missing, or it is to do what the person may not
     */
    @PreAuthorize("hasAuthority('customer:import')")
    public long startTaking(ImportKind kind, Path file, ImportMapping mapping, ImportOptions options) {
        return start(kind, file, mapping, options, true);
    }

    private long start(ImportKind kind, Path file, ImportMapping mapping, ImportOptions options, boolean taking) {
        TenantId tenant = CurrentTenant.require();
        CustomerImports.requireAllowed(kind, mapping, options);
        long id = TimeOrderedIds.next();
        ImportSettings settings = new ImportSettings(mapping, options);
        store.add(tenant, id, kind, settings, size(file), personName());
        runs.begin(tenant, id, kind, settings, taking ? files.take(file, tenant, id) : file);
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
        return rows.find(tenant, importId).filter(job -> !job.dryRun()).isPresent()
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
        if (stopped && !runs.has(importId)) {
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
        Optional<ImportJob> job = rows.find(tenant, importId);
        Optional<ImportSettings> settings = store.settings(tenant, importId);
        if (job.isEmpty() || settings.isEmpty() || !files.has(tenant, importId)) {
            return false;
        }
        CustomerImports.requireAllowed(
                job.get().kind(), settings.get().mapping(), settings.get().options());
        if (!store.queueAgain(tenant, importId)) {
            return false;
        }
        runs.begin(tenant, importId, job.get().kind(), settings.get(), files.of(tenant, importId));
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
                rows.find(tenant, importId).filter(j -> j.state().canGoOn() && !j.dryRun());
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
        return rows.find(CurrentTenant.require(), id);
    }

    /** The latest imports of this business, the newest first. */
    @PreAuthorize("hasAuthority('customer:import')")
    public List<ImportJob> latest(int limit) {
        return rows.latest(CurrentTenant.require(), limit);
    }

    /**
     * The imports of this business without checks of files, the newest first.
     *
     * @param before the id of the last one seen, or 0 to begin
     */
    @PreAuthorize("hasAuthority('customer:import')")
    public List<ImportJob> imports(long before, int limit) {
        return rows.imports(CurrentTenant.require(), before, limit);
    }

    /** Imports that were paused or interrupted and wait for somebody to go on with them, the newest first. */
    @PreAuthorize("hasAuthority('customer:import')")
    public List<ImportJob> stopped(int limit) {
        return rows.stopped(CurrentTenant.require(), limit);
    }

    /**
     * Tells how a job of this node goes on, on the job's thread; the last call is for its end.
     *
     * @return stops telling
     */
    @PreAuthorize("hasAuthority('customer:import')")
    public Runnable watch(long job, Consumer<ImportJob> watcher) {
        return runs.watch(CurrentTenant.require(), job, watcher);
    }

    /** Whether this node works on the job, so that {@link #watch} has something to tell. */
    @PreAuthorize("hasAuthority('customer:import')")
    public boolean isHere(long job) {
        return runs.has(CurrentTenant.require(), job);
    }

    private boolean told(TenantId tenant, long id, boolean stopped) {
        if (stopped) {
            runs.tell(tenant, id);
        }
        return stopped;
    }

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
}
