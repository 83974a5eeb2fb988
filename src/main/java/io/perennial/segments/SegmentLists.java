package io.perennial.segments;

import io.perennial.accounts.AuditChanges;
import io.perennial.accounts.AuditLog;
import io.perennial.accounts.Business;
import io.perennial.accounts.Businesses;
import io.perennial.accounts.CurrentStaff;
import io.perennial.accounts.StaffPrincipal;
import io.perennial.customers.CustomerAspect;
import io.perennial.customers.CustomerChanges;
import io.perennial.customers.CustomerLists;
import io.perennial.kernel.CustomerId;
import io.perennial.kernel.TenantId;
import io.perennial.kernel.TimeOrderedIds;
import io.perennial.tenancy.SqlFragment;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
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
    private final MemberStore members;
    private final MoveLog log;
    private final MembershipStates states;
    private final RuleVersions versions;
    private final RuleContexts contexts;
    private final CustomerChanges changes;
    private final Businesses businesses;
    private final AuditLog audit;

    SegmentLists(
            SegmentRepository segments,
            SegmentNames names,
            ListStore store,
            MemberStore members,
            MoveLog log,
            MembershipStates states,
            RuleVersions versions,
            RuleContexts contexts,
            CustomerChanges changes,
            Businesses businesses,
            AuditLog audit) {
        this.segments = segments;
        this.names = names;
        this.store = store;
        this.members = members;
        this.log = log;
        this.states = states;
        this.versions = versions;
        this.contexts = contexts;
        this.changes = changes;
        this.businesses = businesses;
        this.audit = audit;
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
        TenantId tenant = list.tenant();
        Instant now = now();
        long people = store.add(tenant, list.id(), RuleCompiler.compile(rule, contexts.current()), by(), now);
        if (people > MOST) {
            throw ListRefused.tooMany(MOST);
        }
        members.fill(pass(list, now), ListStore.all(tenant, list.id()));
        states.moved(tenant, list.id(), today(), people, 0, now);
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
        return changed(list, put(list, ids(customers)));
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
        return -changed(list, -take(list, ids(customers)));
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
        states.filled(list.tenant(), list.id(), today(), now());
        return list;
    }

    /** As {@link #add}, without a word in the audit log. */
    int put(SegmentId id, Set<Long> customers) {
        Segment list = changeable(id);
        if (customers.isEmpty()) {
            return 0;
        }
        TenantId tenant = list.tenant();
        long before = states.lock(tenant, list.id());
        Instant now = now();
        Pass pass = pass(list, now);
        SqlFragment them = ListStore.customers(tenant, customers);
        int came = store.add(tenant, list.id(), them, by(), now);
        if (before + came > MOST) {
            throw ListRefused.full(MOST);
        }
        return note(list, customers, pass, log.entering(pass, them), 0);
    }

    /** As {@link #remove}, without a word in the audit log. */
    int take(SegmentId id, Set<Long> customers) {
        Segment list = changeable(id);
        if (customers.isEmpty()) {
            return 0;
        }
        TenantId tenant = list.tenant();
        states.lock(tenant, list.id());
        Pass pass = pass(list, now());
        store.remove(tenant, list.id(), customers);
        return note(list, customers, pass, 0, log.leaving(pass, customers));
    }

    private int note(Segment list, Set<Long> customers, Pass pass, int came, int left) {
        if (came + left > 0) {
            members.take(pass);
            states.moved(pass.tenant(), list.id(), today(), came, left, pass.at());
            changes.note(pass.tenant(), Set.of(CustomerAspect.LISTS), customers);
        }
        return came + left;
    }

    /** Writes down that a list changed, unless it did not. */
    private int changed(SegmentId list, int by) {
        if (by != 0) {
            long now = states.lock(businesses.current().id(), list);
            audit.record(
                    by > 0 ? SegmentDeed.LIST_ADDED : SegmentDeed.LIST_REMOVED,
                    list,
                    segments.require(list).name(),
                    AuditChanges.none().and("segments.change.people", now - by, now));
        }
        return by;
    }

    private Pass pass(Segment list, Instant now) {
        int version = versions.current(list.tenant(), list.id(), list.rule()).version();
        return new Pass(
                list.tenant(),
                list.id(),
                TimeOrderedIds.next(),
                now,
                MoveCause.LIST,
                CustomerAspect.bits(Set.of(CustomerAspect.LISTS)),
                version,
                by());
    }

    private Segment changeable(SegmentId id) {
        Segment segment = segments.require(id);
        if (!segment.isList()) {
            throw ListRefused.noList(segment.name());
        }
        if (segment.isArchived()) {
            throw ListRefused.archived(segment.name());
        }
        return segment;
    }

    private static Set<Long> ids(Collection<CustomerId> customers) {
        if (customers.size() > MOST_AT_ONCE) {
            throw new IllegalArgumentException("At most " + MOST_AT_ONCE + " at once, not " + customers.size());
        }
        Set<Long> ids = new HashSet<>();
        customers.forEach(customer -> ids.add(customer.value()));
        return ids;
    }

    private LocalDate today() {
        Business business = businesses.current();
        return LocalDate.now(business.zone());
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MICROS);
    }

    private static String by() {
        return CurrentStaff.find().map(StaffPrincipal::displayName).orElse("Perennial");
    }
}
