package io.perennial.segments;

import io.perennial.accounts.Business;
import io.perennial.accounts.Businesses;
import io.perennial.customers.CustomerAspect;
import io.perennial.customers.CustomerChange;
import io.perennial.customers.CustomerChanges;
import io.perennial.kernel.TenantId;
import io.perennial.kernel.TimeOrderedIds;
import io.perennial.segments.KeptState.WantedWhy;
import io.perennial.segments.MemberStore.Pass;
import io.perennial.tenancy.CurrentTenant;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Keeps who is in the segments of the current business: few changed customers are looked at one by one, by their keys;
 * after many changes, a changed rule or a new day the segments concerned are looked at as a whole, and only what differs is
 * written. Every step is a transaction that begins by holding the claim, so a step begun twice or broken off does no harm.
 *
 * @see <a href="../../../../../docs/decisions/0305-kept-membership.md">0305-kept-membership.md</a>
 */
@Component
class MembershipUpkeep {

    private static final Logger log = LoggerFactory.getLogger(MembershipUpkeep.class);

    /** Customers looked at in one transaction. */
    private static final int STEP = 1_000;

    /** From so many changed customers on it is cheaper to look at everybody. */
    static final int MANY = 20_000;

    /** While changes still stream in, looking at everybody waits: for a pause of so long, but not for ever. */
    private static final Duration PAUSE = Duration.ofSeconds(4);

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    /** When the day's pass may begin, so that clocks of nodes a little apart agree on the day. */
    private static final LocalTime NIGHTLY = LocalTime.of(0, 2);

    /** Segments that no day turns are looked at as a whole now and then all the same. */
    private static final int DAYS_UNSEEN = 7;

    private static final int LOG_DAYS = 400;

    private final SegmentRepository segments;
    private final Businesses businesses;
    private final RuleContexts contexts;
    private final CustomerChanges changes;
    private final UpkeepClaims claims;
    private final MembershipStates states;
    private final MemberStore members;
    private final RuleVersions versions;
    private final FlipFinder flips;
    private final CountBasis basis;
    private final TransactionTemplate transactions;

    MembershipUpkeep(
            SegmentRepository segments,
            Businesses businesses,
            RuleContexts contexts,
            CustomerChanges changes,
            UpkeepClaims claims,
            MembershipStates states,
            MemberStore members,
            RuleVersions versions,
            FlipFinder flips,
            CountBasis basis,
            TransactionTemplate transactions) {
        this.segments = segments;
        this.businesses = businesses;
        this.contexts = contexts;
        this.changes = changes;
        this.claims = claims;
        this.states = states;
        this.members = members;
        this.versions = versions;
        this.flips = flips;
        this.basis = basis;
        this.transactions = transactions;
    }

    /** A dynamic or static segment with all that is needed to look at it. */
    private record Kept(SegmentId id, boolean list, Rule rule, RuleNeeds needs, KeptState state) {}

    /**
     * Does what there is to do for the current business, until nothing is left or another worker takes it over.
     *
     * @param worker who holds the claim
     */
    void run(String worker) {
        TenantId tenant = CurrentTenant.require();
        nightly(tenant, worker, Instant.now());
        while (!Thread.currentThread().isInterrupted()) {
            KeptState wanted = states.nextWanted(tenant).orElse(null);
            if (wanted != null) {
                refresh(tenant, worker, wanted);
            } else if (!digest(tenant, worker) && !copyEverybody(tenant, worker)) {
                return;
            }
        }
    }

    /** Once a day of the business asks for what the new day may turn, and puts down each segment's size. */
    void nightly(TenantId tenant, String worker, Instant now) {
        if (!isNightlyDue(tenant, now)) {
            return;
        }
        LocalDate today = LocalDate.ofInstant(now, businesses.require(tenant).zone());
        inTransaction(tenant, worker, () -> {
            states.wantNew(tenant);
            for (Kept kept : kept(tenant)) {
                LocalDate seen = kept.state().refreshedOn();
                if (seen != null && seen.isBefore(kept.needs().ofTime() ? today : today.minusDays(DAYS_UNSEEN - 1L))) {
                    states.want(tenant, kept.id(), WantedWhy.TIME, 0);
                }
            }
            states.sizesOf(tenant, today);
            claims.nightlyDone(tenant, today);
            return true;
        });
        long oldest = TimeOrderedIds.firstAt(now.minus(LOG_DAYS, ChronoUnit.DAYS));
        for (KeptState state : states.all(tenant)) {
            boolean more = true;
            while (more) {
                more = inTransaction(tenant, worker, () -> members.forgetBefore(tenant, state.segment(), oldest)) > 0;
            }
        }
    }

    boolean isNightlyDue(TenantId tenant, Instant now) {
        ZonedDateTime local = now.atZone(businesses.require(tenant).zone());
        return claims.nightlyOn(tenant)
                .map(last -> last.isBefore(local.toLocalDate())
                        && !local.toLocalTime().isBefore(NIGHTLY))
                .orElse(true);
    }

    private List<Kept> kept(TenantId tenant) {
        Map<Long, KeptState> byId = new TreeMap<>();
        states.all(tenant).forEach(state -> byId.put(state.segment().value(), state));
        List<Kept> all = new ArrayList<>();
        RuleScope scope = contexts.scope();
        for (Segment segment : segments.findAllByOrderByName()) {
            KeptState state = byId.get(segment.id().value());
            if (state != null) {
                Rule rule = segment.rule();
                all.add(new Kept(segment.id(), segment.isList(), rule, RuleNeeds.of(rule, scope), state));
            }
        }
        return all;
    }

    /** Looks at everybody for one segment. */
    private void refresh(TenantId tenant, String worker, KeptState wanted) {
        Instant begun = Instant.now();
        try {
            long changed = inTransaction(tenant, worker, () -> refreshNow(tenant, wanted));
            log.info(
                    "Segment {} of business {} looked at as a whole ({}): {} moved, {} ms",
                    wanted.segment(),
                    tenant,
                    wanted.wantedWhy(),
                    changed,
                    Duration.between(begun, Instant.now()).toMillis());
        } catch (MembershipStates.SegmentGone e) {
            log.debug("{}", e.getMessage());
        } catch (UpkeepClaims.ClaimLost e) {
            throw e;
        } catch (RuntimeException e) {
            log.error("Who is in segment {} of business {} could not be found", wanted.segment(), tenant, e);
            states.failed(tenant, wanted.segment(), e.toString());
        }
    }

    private long refreshNow(TenantId tenant, KeptState wanted) {
        Segment segment = segments.findById(wanted.segment().value())
                .orElseThrow(() -> new MembershipStates.SegmentGone(wanted.segment()));
        if (segment.isList()) {
            states.lock(tenant, segment.id());
        }
        Business business = businesses.require(tenant);
        Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        RuleContext context = context(business, now);
        Rule rule = segment.rule();
        RuleVersions.Current version = versions.current(tenant, segment.id(), rule);
        WantedWhy why = wanted.wantedWhy() == null ? WantedWhy.CHANGE : wanted.wantedWhy();
        MoveCause cause = version.isNew()
                ? MoveCause.RULE
                : why == WantedWhy.TIME ? MoveCause.TIME : why == WantedWhy.RULE ? MoveCause.RULE : MoveCause.CHANGE;
        Pass pass = new Pass(
                tenant, segment.id(), TimeOrderedIds.next(), now, cause, wanted.wantedFor(), version.version());
        var customers = RuleCompiler.compile(rule, context);
        if (!wanted.isFilled()) {
            members.forget(tenant, segment.id());
            long filled = members.fill(pass, customers);
            states.refreshed(tenant, wanted, filled, context.today(), now);
            states.sizeOf(tenant, segment.id(), context.today(), 0, 0);
            return filled;
        }
        long entered = members.logEntering(pass, customers);
        long left = members.logLeaving(pass, customers);
        if (entered + left > 0) {
            members.take(pass);
            flips.explain(pass, rule, context, wanted.refreshedOn());
        }
        states.refreshed(tenant, wanted, members.members(tenant, segment.id()), context.today(), now);
        states.sizeOf(tenant, segment.id(), context.today(), entered, left);
        return entered + left;
    }

    /** Looks at those who changed. Returns whether there may be more to do. */
    private boolean digest(TenantId tenant, String worker) {
        CustomerChanges.Backlog backlog = changes.backlog(tenant);
        if (backlog.notes() == 0) {
            return false;
        }
        List<CustomerChange> waiting = changes.aspectsWaiting(tenant, backlog.last());
        if (backlog.customers() >= MANY || waiting.stream().anyMatch(change -> change.amount() == 0)) {
            return isStreaming(backlog, Instant.now()) ? false : wantAll(tenant, worker, waiting);
        }
        lookAt(tenant, worker, changes.named(tenant, backlog.last()));
        return true;
    }

    /**
     * Copies everybody to where counts read them, in steps, where that is not done or too many have changed since. Returns
     * whether it did. While changes stream in it waits, as they would be copied again.
     */
    private boolean copyEverybody(TenantId tenant, String worker) {
        if (basis.isComplete(tenant) || changes.backlog(tenant).notes() > 0 || !basis.canHoldTopics(tenant)) {
            return false;
        }
        Optional<Long> last = Optional.of(Long.MIN_VALUE);
        while (last.isPresent()) {
            if (Thread.currentThread().isInterrupted()) {
                return false;
            }
            long after = last.get();
            last = inTransaction(tenant, worker, () -> basis.copyNext(tenant, after));
        }
        return inTransaction(tenant, worker, () -> {
            basis.complete(tenant);
            return true;
        });
    }

    private static boolean isStreaming(CustomerChanges.Backlog backlog, Instant now) {
        return backlog.last() > TimeOrderedIds.firstAt(now.minus(PAUSE))
                && backlog.first() > TimeOrderedIds.firstAt(now.minus(PATIENCE));
    }

    /** So many changed that everybody is looked at, for the segments that the changes concern. */
    private boolean wantAll(TenantId tenant, String worker, List<CustomerChange> waiting) {
        long aspects = waiting.stream()
                .mapToLong(change -> CustomerAspect.bits(change.aspects()))
                .reduce(0, (a, b) -> a | b);
        return inTransaction(tenant, worker, () -> {
            kept(tenant).stream()
                    .filter(kept -> kept.needs().concern(aspects))
                    .forEach(kept -> states.want(tenant, kept.id(), WantedWhy.CHANGE, aspects));
            if ((CustomerAspect.bits(CountBasis.ASPECTS) & aspects) != 0) {
                basis.incomplete(tenant);
            }
            changes.forget(tenant, waiting);
            return true;
        });
    }

    private void lookAt(TenantId tenant, String worker, List<CustomerChange> named) {
        TreeMap<Long, Long> aspects = new TreeMap<>();
        for (CustomerChange change : named) {
            long bits = CustomerAspect.bits(change.aspects());
            change.customers().forEach(customer -> aspects.merge(customer, bits, (a, b) -> a | b));
        }
        List<Long> customers = new ArrayList<>(aspects.keySet());
        for (int from = 0; from < customers.size(); from += STEP) {
            List<Long> some = customers.subList(from, Math.min(customers.size(), from + STEP));
            inTransaction(tenant, worker, () -> {
                lookAt(tenant, some, aspects);
                basis.copy(tenant, some);
                return true;
            });
        }
        inTransaction(tenant, worker, () -> {
            changes.forget(tenant, named);
            return true;
        });
    }

    private void lookAt(TenantId tenant, List<Long> customers, Map<Long, Long> aspects) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        RuleContext context = context(businesses.require(tenant), now);
        List<Kept> all = kept(tenant);
        all.stream().filter(Kept::list).forEach(kept -> states.lock(tenant, kept.id()));
        Map<SegmentId, Set<Long>> before = members.among(tenant, customers);
        for (Kept kept : all) {
            if (!kept.state().isFilled()) {
                continue; // its first look comes and sees them as they are
            }
            Map<Long, List<Long>> byAspects = new TreeMap<>();
            for (Long customer : customers) {
                long bits = aspects.getOrDefault(customer, 0L);
                if (kept.needs().concern(bits)) {
                    byAspects.computeIfAbsent(bits, b -> new ArrayList<>()).add(customer);
                }
            }
            byAspects.forEach((bits, some) ->
                    lookAt(tenant, kept, some, bits, before.getOrDefault(kept.id(), Set.of()), context, now));
        }
    }

    private void lookAt(
            TenantId tenant,
            Kept kept,
            List<Long> customers,
            long aspects,
            Set<Long> members,
            RuleContext context,
            Instant now) {
        Set<Long> fitting =
                new HashSet<>(this.members.ids(RuleCompiler.compile(kept.rule(), context.among(customers))));
        List<Long> entering = customers.stream()
                .filter(c -> fitting.contains(c) && !members.contains(c))
                .toList();
        List<Long> leaving = customers.stream()
                .filter(c -> !fitting.contains(c) && members.contains(c))
                .toList();
        if (entering.isEmpty() && leaving.isEmpty()) {
            return;
        }
        int version = versions.current(tenant, kept.id(), kept.rule()).version();
        Pass pass = new Pass(tenant, kept.id(), TimeOrderedIds.next(), now, MoveCause.CHANGE, aspects, version);
        this.members.log(pass, entering, true);
        this.members.log(pass, leaving, false);
        this.members.take(pass);
        flips.explain(pass, kept.rule(), context, null);
        states.moved(tenant, kept.id(), context.today(), entering.size(), leaving.size(), now);
    }

    private RuleContext context(Business business, Instant now) {
        return contexts.of(business, LocalDate.ofInstant(now, business.zone()));
    }

    private <T> T inTransaction(TenantId tenant, String worker, Supplier<T> work) {
        return transactions.execute(status -> {
            claims.hold(tenant, worker);
            return work.get();
        });
    }
}
