package io.perennial.segments;

import io.perennial.accounts.AuditChanges;
import io.perennial.accounts.AuditLog;
import io.perennial.accounts.Businesses;
import io.perennial.customers.BulkTrace;
import io.perennial.customers.BulkTraces;
import io.perennial.customers.CustomerLists;
import io.perennial.kernel.CustomerId;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Segments kept by hand: who is on a list was put there, one by one, as a selection, or as everybody who fitted a rule.
 * Its members are right at once; segments whose rules ask for the list follow within seconds.
 *
 * @see <a href="../../../../../docs/decisions/0306-lists.md">0306-lists.md</a>
 */
@Service
@Transactional
public class SegmentLists {

    /** How many customers a list may hold. */
    public static final long MOST = CustomerLists.MOST;

    /** How many are put on a list or taken off it at a time. */
    public static final int MOST_AT_ONCE = 1_000;

    private final SegmentRepository segments;
    private final SegmentNames names;
    private final ListStore store;
    private final ListChanges changes;
    private final MembershipStates states;
    private final RuleContexts contexts;
    private final Businesses businesses;
    private final AuditLog audit;
    private final BulkTraces bulk;

    SegmentLists(
            SegmentRepository segments,
            SegmentNames names,
            ListStore store,
            ListChanges changes,
            MembershipStates states,
            RuleContexts contexts,
            Businesses businesses,
            AuditLog audit,
            BulkTraces bulk) {
        this.segments = segments;
        this.names = names;
        this.store = store;
        this.changes = changes;
        this.states = states;
        this.contexts = contexts;
        this.businesses = businesses;
        this.audit = audit;
        this.bulk = bulk;
    }

    /** The lists that can be changed, by name. */
    @Transactional(readOnly = true)
    @PreAuthorize("hasAuthority('segment:read')")
    public List<SegmentRef> lists() {
        return segments.findAllByOrderByName().stream()
                .filter(segment -> segment.isList() && !segment.isArchived())
                .map(Segment::ref)
                .toList();
    }

    /** Makes a list with nobody on it. A name already taken gets a number behind it. */
    @PreAuthorize("hasAuthority('segment:write')")
    public SegmentRef create(String name) {
        Segment list = make(name);
        audit.record(SegmentDeed.LIST_MADE, list.id(), list.name());
        return list.ref();
    }

    /**
     * Makes a list of everybody who is in a segment now. A name already taken gets a number behind it.
     *
     * @throws NoSuchElementException if the current tenant has no such segment
     * @throws ListRefused if those are more than {@link #MOST}
     */
    @PreAuthorize("hasAuthority('segment:write')")
    public SegmentRef freeze(SegmentId segment, String name) {
        Rule rule = segments.require(segment).rule();
        Segment list = make(name);
        long people = changes.fill(list, RuleCompiler.compile(rule, contexts.current()));
        audit.record(
                SegmentDeed.LIST_MADE,
                list.id(),
                list.name(),
                AuditChanges.none().and("segments.change.people", null, people));
        return list.ref();
    }

    /**
     * Puts customers on a list; who is on it already, or is no customer here, changes nothing.
     *
     * @param customers at most {@link #MOST_AT_ONCE}
     * @return how many came
     * @throws NoSuchElementException if the current tenant has no such list
     * @throws ListRefused if the list is archived or would be longer than {@link #MOST}
     */
    @PreAuthorize("hasAuthority('segment:write')")
    public int add(SegmentId list, Collection<CustomerId> customers) {
        return changed(list, changes.put(list, byHand(list, customers)), 1);
    }

    /**
     * Takes customers off a list; who is not on it changes nothing.
     *
     * @param customers at most {@link #MOST_AT_ONCE}
     * @return how many left
     * @throws NoSuchElementException if the current tenant has no such list
     * @throws ListRefused if the list is archived
     */
    @PreAuthorize("hasAuthority('segment:write')")
    public int remove(SegmentId list, Collection<CustomerId> customers) {
        return changed(list, changes.take(list, byHand(list, customers)), -1);
    }

    /** Who put a customer on a list, and when; nothing where they are not on it. */
    @Transactional(readOnly = true)
    @PreAuthorize("hasAuthority('segment:read') and hasAuthority('customer:read')")
    public Optional<ListEntry> entry(SegmentId list, CustomerId customer) {
        return store.entry(businesses.current().id(), list, customer);
    }

    private Segment make(String name) {
        Segment list = segments.save(Segment.list(names.free(name), Instant.now()));
        segments.flush();
        changes.begin(list);
        return list;
    }

    /** Writes down that a list changed, unless it did not; {@code sign} says in which direction. */
    private int changed(SegmentId list, Set<Long> customers, int sign) {
        int by = sign * customers.size();
        if (by != 0) {
            long now = states.lock(businesses.current().id(), list);
            audit.record(
                    by > 0 ? SegmentDeed.LIST_ADDED : SegmentDeed.LIST_REMOVED,
                    list,
                    segments.require(list).name(),
                    AuditChanges.none().and("segments.change.people", now - by, now));
        }
        return customers.size();
    }

    /** Undoing what was done to many leaves alone whom somebody puts or takes by hand, even if that changes nothing now. */
    private Set<Long> byHand(SegmentId list, Collection<CustomerId> customers) {
        Set<Long> ids = ids(customers);
        bulk.changedByHand(businesses.current().id(), BulkTrace.list(list.value()), ids);
        return ids;
    }

    private static Set<Long> ids(Collection<CustomerId> customers) {
        if (customers.size() > MOST_AT_ONCE) {
            throw new IllegalArgumentException("At most " + MOST_AT_ONCE + " at once, not " + customers.size());
        }
        Set<Long> ids = new HashSet<>();
        customers.forEach(customer -> ids.add(customer.value()));
        return ids;
    }
}
