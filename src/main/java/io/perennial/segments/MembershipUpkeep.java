package io.perennial.segments;

import io.perennial.accounts.NodeEnd;
import io.perennial.customers.CustomerAspect;
import io.perennial.customers.CustomerChange;
import io.perennial.customers.CustomerChanges;
import io.perennial.kernel.TenantId;
import io.perennial.kernel.TimeOrderedIds;
import io.perennial.segments.KeptState.WantedWhy;
import io.perennial.tenancy.CurrentTenant;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

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

    private final CustomerChanges changes;
    private final ClaimedSteps steps;
    private final MembershipStates states;
    private final KeptRules rules;
    private final NightlyPass nightly;
    private final WholeLook everybody;
    private final ChangedLook some;
    private final CountBasis basis;
    private final NodeEnd node;

    MembershipUpkeep(
            CustomerChanges changes,
            ClaimedSteps steps,
            MembershipStates states,
            KeptRules rules,
            NightlyPass nightly,
            WholeLook everybody,
            ChangedLook some,
            CountBasis basis,
            NodeEnd node) {
        this.changes = changes;
        this.steps = steps;
        this.states = states;
        this.rules = rules;
        this.nightly = nightly;
        this.everybody = everybody;
        this.some = some;
        this.basis = basis;
        this.node = node;
    }

    /**
     * Does what there is to do for the current business, until nothing is left or another worker takes it over.
     *
     * @param worker who holds the claim
     */
    void run(String worker) {
        TenantId tenant = CurrentTenant.require();
        nightly.run(tenant, worker, Instant.now());
        while (!node.isNear()) {
            KeptState wanted = states.nextWanted(tenant).orElse(null);
            if (wanted != null) {
                refresh(tenant, worker, wanted);
            } else if (!digest(tenant, worker) && !copyEverybody(tenant, worker)) {
                return;
            }
        }
    }

    /** Looks at everybody for one segment. */
    private void refresh(TenantId tenant, String worker, KeptState wanted) {
        Instant begun = Instant.now();
        try {
            long changed = steps.run(tenant, worker, () -> everybody.at(tenant, wanted));
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
            if (node.isNear()) {
                return false;
            }
            long after = last.get();
            last = steps.run(tenant, worker, () -> basis.copyNext(tenant, after));
        }
        return steps.run(tenant, worker, () -> {
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
        return steps.run(tenant, worker, () -> {
            rules.of(tenant).stream()
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
            List<Long> next = customers.subList(from, Math.min(customers.size(), from + STEP));
            steps.run(tenant, worker, () -> {
                some.at(tenant, next, aspects);
                basis.copy(tenant, next);
                return true;
            });
        }
        steps.run(tenant, worker, () -> {
            changes.forget(tenant, named);
            return true;
        });
    }
}
