package io.perennial.segments;

import io.perennial.accounts.Business;
import io.perennial.accounts.Businesses;
import io.perennial.kernel.TenantId;
import io.perennial.kernel.TimeOrderedIds;
import io.perennial.segments.KeptRules.Kept;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.springframework.stereotype.Component;

/** Looks at a few changed customers, by their keys, for the segments that their changes concern. Joins the transaction around. */
@Component
class ChangedLook {

    private final Businesses businesses;
    private final RuleContexts contexts;
    private final KeptRules rules;
    private final MembershipStates states;
    private final MemberStore members;
    private final MoveLog log;
    private final Picks picks;
    private final RuleVersions versions;
    private final FlipFinder flips;

    ChangedLook(
            Businesses businesses,
            RuleContexts contexts,
            KeptRules rules,
            MembershipStates states,
            MemberStore members,
            MoveLog log,
            Picks picks,
            RuleVersions versions,
            FlipFinder flips) {
        this.businesses = businesses;
        this.contexts = contexts;
        this.rules = rules;
        this.states = states;
        this.members = members;
        this.log = log;
        this.picks = picks;
        this.versions = versions;
        this.flips = flips;
    }

    /**
     * Looks at some.
     *
     * @param customers a thousand at most
     * @param aspects what changed of each, as bits
     */
    void at(TenantId tenant, List<Long> customers, Map<Long, Long> aspects) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        RuleContext context = context(tenant, now);
        List<Kept> all = rules.of(tenant);
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
            Set<Long> held,
            RuleContext context,
            Instant now) {
        Set<Long> fitting = picks.of(kept.rule(), context, customers);
        List<Long> entering = customers.stream()
                .filter(c -> fitting.contains(c) && !held.contains(c))
                .toList();
        List<Long> leaving = customers.stream()
                .filter(c -> !fitting.contains(c) && held.contains(c))
                .toList();
        if (entering.isEmpty() && leaving.isEmpty()) {
            return;
        }
        int version = versions.current(tenant, kept.id(), kept.rule()).version();
        Pass pass = new Pass(tenant, kept.id(), TimeOrderedIds.next(), now, MoveCause.CHANGE, aspects, version);
        log.add(pass, entering, true);
        log.add(pass, leaving, false);
        members.take(pass);
        flips.explain(pass, kept.rule(), context, null);
        states.moved(tenant, kept.id(), context.today(), entering.size(), leaving.size(), now);
    }

    private RuleContext context(TenantId tenant, Instant now) {
        Business business = businesses.require(tenant);
        return contexts.of(business, LocalDate.ofInstant(now, business.zone()));
    }
}
