package io.perennial.customers.bulk;

import io.perennial.accounts.ActingAs;
import io.perennial.accounts.CurrentStaff;
import io.perennial.accounts.FreshProof;
import io.perennial.accounts.NodeEnd;
import io.perennial.accounts.StaffPrincipal;
import io.perennial.customers.CustomerList;
import io.perennial.customers.CustomerLists;
import io.perennial.customers.CustomerSelection;
import io.perennial.customers.ImportSelection;
import io.perennial.customers.ImportedCustomers;
import io.perennial.kernel.LastWork;
import io.perennial.kernel.TenantId;
import io.perennial.kernel.TimeOrderedIds;
import io.perennial.tenancy.CurrentTenant;
import io.perennial.tenancy.SqlFragment;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Service;

/**
 * Deeds on a selection, in the background and with the authority of the person who began them. A piece of a thousand
 * customers is done whole or not at all; a deed that broke off may be begun again, since nothing is done twice.
 *
 * @see <a href="../../../../../../docs/decisions/0209-bulk-actions.md">0209-bulk-actions.md</a>
 */
@Service
public class BulkJobs {

    /** How many can be erased at once: it cannot be undone. */
    public static final int MOST_ERASED = 100_000;

    private static final Logger log = LoggerFactory.getLogger(BulkJobs.class);
    private static final Duration SILENCE = Duration.ofSeconds(60);
    private static final Duration LAST_PIECE = Duration.ofSeconds(10);

    private final CustomerList list;
    private final ImportedCustomers imported;
    private final BulkWork work;
    private final BulkJobStore store;
    private final NodeEnd node;
    private final ExecutorService workers = Executors.newFixedThreadPool(
            2, Thread.ofPlatform().name("bulk-", 1).daemon().factory());
    private final Map<Long, TenantId> ours = new ConcurrentHashMap<>();

    BulkJobs(CustomerList list, ImportedCustomers imported, BulkWork work, BulkJobStore store, NodeEnd node) {
        this.list = list;
        this.imported = imported;
        this.work = work;
        this.store = store;
        this.node = node;
    }

    /**
     * Begins a deed and returns at once.
     *
     * @return the job's id
     * @throws IllegalArgumentException for erasing and for lists, which have methods of their own
     */
    @PreAuthorize("hasAuthority('customer:write')")
    public long start(BulkAction action, CustomerSelection selection) {
        if (action instanceof BulkAction.Erase || isOfList(action)) {
            throw new IllegalArgumentException("Begun by another method: " + action);
        }
        return begin(action, selection, list.exactCount(selection));
    }

    /**
     * Begins to put a selection on a list or to take it off; whoever may change segments may, without changing customers.
     *
     * @return the job's id
     * @throws IllegalArgumentException for any other deed
     */
    @PreAuthorize("hasAuthority('segment:write') and hasAuthority('customer:read')")
    public long startOnList(BulkAction action, CustomerSelection selection) {
        if (!isOfList(action)) {
            throw new IllegalArgumentException("Not about a list: " + action);
        }
        return begin(action, selection, list.exactCount(selection));
    }

    /**
     * Begins to put the customers of an import on a list. Undoing the import afterwards takes those it made off the list
     * again, as they go.
     *
     * @return the job's id
     * @throws java.util.NoSuchElementException if it is not known, or not any more, whom that import concerned
     */
    @PreAuthorize("hasAuthority('segment:write') and hasAuthority('customer:import')")
    public long startOnList(BulkAction.AddToList action, ImportSelection selection) {
        TenantId tenant = CurrentTenant.require();
        return begin(action, new ImportPieces(imported, tenant, selection), imported.count(tenant, selection));
    }

    /** Whether it is still known whom an import concerned: for seven days after it, unless it was undone. */
    @PreAuthorize("hasAuthority('customer:import')")
    public boolean knowsCustomersOf(long importId) {
        return imported.areKnown(CurrentTenant.require(), importId);
    }

    /**
     * Begins to erase.
     *
     * @param confirmed how many, as typed by the person
     * @throws IllegalArgumentException if another number is selected, or more than {@link #MOST_ERASED}
     */
    @PreAuthorize("hasAuthority('customer:erase')")
    public long erase(CustomerSelection selection, long confirmed) {
        FreshProof.require();
        long total = list.exactCount(selection);
        if (total != confirmed || total > MOST_ERASED) {
            throw new IllegalArgumentException("Not confirmed");
        }
        return begin(new BulkAction.Erase(), selection, total);
    }

    @PreAuthorize("hasAuthority('customer:read')")
    public Optional<BulkJob> find(long id) {
        return store.find(CurrentTenant.require(), id);
    }

    /** The latest of this business, the newest first. */
    @PreAuthorize("hasAuthority('customer:read')")
    public List<BulkJob> latest(int most) {
        return store.latest(CurrentTenant.require(), most);
    }

    /** Has a job end after the piece in hand; what is done stays. */
    @PreAuthorize("hasAuthority('customer:write') or hasAuthority('segment:write')")
    public void stop(long id) {
        store.finish(CurrentTenant.require(), id, BulkState.STOPPED);
    }

    private static boolean isOfList(BulkAction action) {
        return action instanceof BulkAction.AddToList || action instanceof BulkAction.RemoveFromList;
    }

    private long begin(BulkAction action, CustomerSelection selection, long total) {
        SqlFragment selected = list.matching(selection);
        long[] last = {0};
        return begin(
                action,
                () -> {
                    List<Long> piece = work.piece(selected, last[0]);
                    if (!piece.isEmpty()) {
                        last[0] = piece.getLast();
                    }
                    return piece;
                },
                total);
    }

    private long begin(BulkAction action, Pieces pieces, long total) {
        TenantId tenant = CurrentTenant.require();
        Authentication person = FreshProof.heldBy(
                Objects.requireNonNull(SecurityContextHolder.getContext().getAuthentication()));
        String by = CurrentStaff.find().map(StaffPrincipal::displayName).orElse(person.getName());
        long id = TimeOrderedIds.next();
        store.add(tenant, id, kind(action), action.detail(), total, by);
        ours.put(id, tenant);
        workers.execute(() -> ActingAs.with(person, tenant, () -> {
            run(tenant, id, action, pieces, by);
            return id;
        }));
        return id;
    }

    private void run(TenantId tenant, long id, BulkAction action, Pieces pieces, String by) {
        try {
            if (!store.begin(tenant, id)) {
                return; // stopped before its turn
            }
            long done = 0;
            long changed = 0;
            List<Long> piece = pieces.next();
            while (!piece.isEmpty()) {
                if (node.isNear()) {
                    store.finish(tenant, id, BulkState.INTERRUPTED);
                    return;
                }
                changed += work.apply(tenant, action, piece, by);
                done += piece.size();
                if (!store.progress(tenant, id, done, changed)) {
                    return;
                }
                piece = pieces.next();
            }
            store.finish(tenant, id, BulkState.DONE);
        } catch (CustomerLists.Refused e) {
            log.info("Bulk job {} was refused: {}", id, e.words());
            store.refuse(tenant, id, e.words());
        } catch (RuntimeException e) {
            log.error("Bulk job {} broke", id, e);
            store.finish(tenant, id, BulkState.FAILED);
        } finally {
            ours.remove(id);
        }
    }

    /** "ADD_TAG" for {@link BulkAction.AddTag}. */
    private static String kind(BulkAction action) {
        return action.getClass()
                .getSimpleName()
                .replaceAll("([a-z])([A-Z])", "$1_$2")
                .toUpperCase(Locale.ROOT);
    }

    @Scheduled(fixedDelay = 10, timeUnit = TimeUnit.SECONDS)
    void beat() {
        ours.forEach((job, tenant) -> store.beat(tenant, job));
        int stale = store.interruptStale(SILENCE);
        if (stale > 0) {
            log.warn("{} bulk jobs were interrupted by the stop of their node", stale);
        }
    }

    @PreDestroy
    void stop() {
        LastWork.end(workers, LAST_PIECE);
        ours.forEach((job, tenant) -> store.finish(tenant, job, BulkState.INTERRUPTED));
    }
}
