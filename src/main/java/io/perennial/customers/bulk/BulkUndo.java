package io.perennial.customers.bulk;

import static io.perennial.uikit.Texts.t;

import io.perennial.accounts.Businesses;
import io.perennial.accounts.CurrentStaff;
import io.perennial.accounts.Permission;
import io.perennial.customers.BulkTraces;
import io.perennial.kernel.TenantId;
import io.perennial.tenancy.CurrentTenant;
import io.perennial.uikit.Formats;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Service;

/**
 * Undoes deeds on many within seven days: whoever was changed gets back what they had, unless the same was changed again
 * since. Erasing cannot be undone, and what people decided about mails is evidence and stays.
 *
 * @see <a href="../../../../../../docs/decisions/0217-undoing-bulk-changes.md">0217-undoing-bulk-changes.md</a>
 */
@Service
public class BulkUndo {

    /** How long a deed can be undone after its end. */
    public static final Duration WITHIN = Duration.ofDays(7);

    /** What a business's deeds of seven days changed is kept up to here; 3 to 10 bytes each. */
    public static final long MOST_KEPT = 10_000_000;

    private final BulkJobStore store;
    private final BulkRuns runs;
    private final BulkTraces traces;
    private final BulkUndoWork work;
    private final Businesses businesses;

    BulkUndo(BulkJobStore store, BulkRuns runs, BulkTraces traces, BulkUndoWork work, Businesses businesses) {
        this.store = store;
        this.runs = runs;
        this.traces = traces;
        this.work = work;
        this.businesses = businesses;
    }

    /** Whether the next deed can be undone: not where more than {@link #MOST_KEPT} changes of the last days are kept. */
    @PreAuthorize("hasAuthority('customer:write') or hasAuthority('segment:write')")
    public boolean hasRoom() {
        return work.hasRoom(CurrentTenant.require());
    }

    /** Until when which of these jobs can be undone by this person; the others are left out. */
    @PreAuthorize("hasAuthority('customer:read')")
    public Map<Long, Instant> possibleUntil(Collection<BulkJob> jobs) {
        TenantId tenant = CurrentTenant.require();
        List<BulkJob> ended = jobs.stream()
                .filter(job -> job.state().isOver() && job.undoes() == null && mayUndo(job))
                .toList();
        Set<Long> left = traces.left(tenant, ended.stream().map(BulkJob::id).toList());
        Set<Long> underWay = store.undoing(tenant);
        Instant now = Instant.now(Clock.systemUTC());
        return ended.stream()
                .filter(job -> left.contains(job.id()) && !underWay.contains(job.id()))
                .filter(job -> until(job).filter(now::isBefore).isPresent())
                .collect(Collectors.toMap(BulkJob::id, job -> until(job).orElseThrow()));
    }

    /** Those of some jobs that were undone to the end. */
    @PreAuthorize("hasAuthority('customer:read')")
    public Set<Long> undone(Collection<BulkJob> jobs) {
        return store.undone(
                CurrentTenant.require(), jobs.stream().map(BulkJob::id).toList());
    }

    /** How many changes of a job there are to take back. */
    @PreAuthorize("hasAuthority('customer:read')")
    public long amount(long job) {
        return traces.amount(CurrentTenant.require(), job);
    }

    /**
     * Begins to undo a job, or goes on with undoing it, and returns at once.
     *
     * @return the id of the job that does it
     * @throws BulkUndoRefused if it cannot be undone, with words ready to show
     */
    @PreAuthorize("hasAuthority('customer:write') or hasAuthority('segment:write')")
    public long undo(long jobId) {
        TenantId tenant = CurrentTenant.require();
        BulkJob job = store.find(tenant, jobId).orElseThrow(() -> new BulkUndoRefused(t("bulk.undo.unknown")));
        if (!mayUndo(job)) {
            throw new AccessDeniedException("Whoever may do it may undo it");
        }
        String whyNot = whyNot(tenant, job);
        if (whyNot != null) {
            throw new BulkUndoRefused(whyNot);
        }
        BulkJobStore.Wanted wanted =
                new BulkJobStore.Wanted(job.action(), job.detail(), traces.amount(tenant, jobId), jobId);
        return runs.begin(wanted, (business, id, by) -> {
            Iterator<Long> left = traces.toDo(business, jobId).iterator();
            return () -> left.hasNext() ? Optional.of(work.undo(business, jobId, left.next(), by)) : Optional.empty();
        });
    }

    private @Nullable String whyNot(TenantId tenant, BulkJob job) {
        if (job.undoes() != null) {
            return t("bulk.undo.is_undo");
        }
        if (!job.state().isOver()) {
            return t("bulk.undo.running");
        }
        Instant end = until(job).orElse(Instant.MIN);
        if (!Instant.now(Clock.systemUTC()).isBefore(end)) {
            return t(
                    "bulk.undo.late", Formats.dateTime(end, businesses.current().zone()));
        }
        if (store.undoing(tenant).contains(job.id())) {
            return t("bulk.undo.under_way");
        }
        return traces.toDo(tenant, job.id()).isEmpty() ? t("bulk.undo.nothing") : null;
    }

    private static Optional<Instant> until(BulkJob job) {
        return Optional.ofNullable(job.finishedAt()).map(end -> end.plus(WITHIN));
    }

    /** Whoever may do it may undo it, which begins with lists: they need another right. */
    private static boolean mayUndo(BulkJob job) {
        return CurrentStaff.may(job.action().endsWith("_LIST") ? Permission.SEGMENT_WRITE : Permission.CUSTOMER_WRITE);
    }
}
