package io.perennial.customers.bulk;

import io.perennial.accounts.FreshProof;
import io.perennial.customers.CustomerList;
import io.perennial.customers.CustomerSelection;
import io.perennial.customers.ImportSelection;
import io.perennial.customers.ImportedCustomers;
import io.perennial.kernel.TenantId;
import io.perennial.tenancy.CurrentTenant;
import io.perennial.tenancy.SqlFragment;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.security.access.prepost.PreAuthorize;
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

    private final CustomerList list;
    private final ImportedCustomers imported;
    private final BulkWork work;
    private final BulkJobStore store;
    private final BulkRuns runs;
    private final BulkUndoWork undo;

    BulkJobs(
            CustomerList list,
            ImportedCustomers imported,
            BulkWork work,
            BulkJobStore store,
            BulkRuns runs,
            BulkUndoWork undo) {
        this.list = list;
        this.imported = imported;
        this.work = work;
        this.store = store;
        this.runs = runs;
        this.undo = undo;
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

    /** Those of this business before one, the newest first. */
    @PreAuthorize("hasAuthority('customer:read')")
    public List<BulkJob> before(long id, int most) {
        return store.before(CurrentTenant.require(), id, most);
    }

    /** The latest of this business, the newest first. */
    @PreAuthorize("hasAuthority('customer:read')")
    public List<BulkJob> latest(int most) {
        return store.before(CurrentTenant.require(), Long.MAX_VALUE, most);
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
        BulkJobStore.Wanted wanted = new BulkJobStore.Wanted(kind(action), action.detail(), total, null);
        boolean undoable = undo.hasRoom(CurrentTenant.require());
        return runs.begin(wanted, (tenant, job, by) -> () -> {
            List<Long> piece = pieces.next();
            return piece.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new BulkRuns.Step(
                            piece.size(), work.apply(tenant, new BulkWork.Order(job, action, by, undoable), piece)));
        });
    }

    /** "ADD_TAG" for {@link BulkAction.AddTag}. */
    private static String kind(BulkAction action) {
        return action.getClass()
                .getSimpleName()
                .replaceAll("([a-z])([A-Z])", "$1_$2")
                .toUpperCase(Locale.ROOT);
    }
}
