package io.perennial.segments;

import io.perennial.accounts.Business;
import io.perennial.accounts.Businesses;
import io.perennial.accounts.CurrentStaff;
import io.perennial.accounts.StaffPrincipal;
import io.perennial.customers.CustomerAspect;
import io.perennial.customers.CustomerChanges;
import io.perennial.kernel.TenantId;
import io.perennial.kernel.TimeOrderedIds;
import io.perennial.tenancy.SqlFragment;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.Set;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Who is on a list, with the members of its segment, its size and what is told of it, all in the caller's transaction. The
 * audit log is the caller's too: a selection has one entry for all its pieces.
 */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class ListChanges {

    private final SegmentRepository segments;
    private final ListStore store;
    private final MemberStore members;
    private final MoveLog log;
    private final MembershipStates states;
    private final RuleVersions versions;
    private final CustomerChanges changes;
    private final Businesses businesses;

    ListChanges(
            SegmentRepository segments,
            ListStore store,
            MemberStore members,
            MoveLog log,
            MembershipStates states,
            RuleVersions versions,
            CustomerChanges changes,
            Businesses businesses) {
        this.segments = segments;
        this.store = store;
        this.members = members;
        this.log = log;
        this.states = states;
        this.versions = versions;
        this.changes = changes;
        this.businesses = businesses;
    }

    /** A new list has nobody on it, which is known at once. */
    void begin(Segment list) {
        states.filled(list.tenant(), list.id(), today(), now());
    }

    /**
     * Puts everybody on a new list whom a query finds.
     *
     * @return how many
     * @throws ListRefused if those are more than {@link SegmentLists#MOST}
     */
    long fill(Segment list, SqlFragment customers) {
        TenantId tenant = list.tenant();
        Instant now = now();
        long people = store.add(tenant, list.id(), customers, by(), now);
        if (people > SegmentLists.MOST) {
            throw ListRefused.tooMany(SegmentLists.MOST);
        }
        members.fill(pass(list, now), ListStore.all(tenant, list.id()));
        states.moved(tenant, list.id(), today(), people, 0, now);
        return people;
    }

    /**
     * Puts customers on a list.
     *
     * @return who came
     * @throws ListRefused if it is no list, is archived or would be longer than {@link SegmentLists#MOST}
     */
    Set<Long> put(SegmentId id, Set<Long> customers) {
        Segment list = changeable(id);
        if (customers.isEmpty()) {
            return Set.of();
        }
        TenantId tenant = list.tenant();
        long before = states.lock(tenant, list.id());
        Instant now = now();
        Pass pass = pass(list, now);
        SqlFragment them = ListStore.customers(tenant, customers);
        Set<Long> there = store.among(tenant, list.id(), customers);
        int came = store.add(tenant, list.id(), them, by(), now);
        if (before + came > SegmentLists.MOST) {
            throw ListRefused.full(SegmentLists.MOST);
        }
        note(list, customers, pass, log.entering(pass, them), 0);
        Set<Long> newcomers = new HashSet<>(store.among(tenant, list.id(), customers));
        newcomers.removeAll(there);
        return newcomers;
    }

    /**
     * Takes customers off a list.
     *
     * @return who left
     * @throws ListRefused if it is no list or is archived
     */
    Set<Long> take(SegmentId id, Set<Long> customers) {
        Segment list = changeable(id);
        if (customers.isEmpty()) {
            return Set.of();
        }
        TenantId tenant = list.tenant();
        states.lock(tenant, list.id());
        Pass pass = pass(list, now());
        Set<Long> there = store.among(tenant, list.id(), customers);
        store.remove(tenant, list.id(), customers);
        note(list, customers, pass, 0, log.leaving(pass, customers));
        return there;
    }

    private void note(Segment list, Set<Long> customers, Pass pass, int came, int left) {
        if (came + left > 0) {
            members.take(pass);
            states.moved(pass.tenant(), list.id(), today(), came, left, pass.at());
            changes.note(pass.tenant(), Set.of(CustomerAspect.LISTS), customers);
        }
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
