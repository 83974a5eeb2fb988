package io.perennial.segments;

import io.perennial.accounts.Business;
import io.perennial.accounts.Businesses;
import io.perennial.kernel.TenantId;
import io.perennial.kernel.TimeOrderedIds;
import io.perennial.segments.CountParts.Part;
import io.perennial.segments.KeptState.WantedWhy;
import io.perennial.segments.MoveLog.Moves;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * Looks at everybody for one segment. Whom its rule picks is read as counts read it, 64 customers a word, and laid beside the words of
 * who is in; only words that differ become rows. Joins the transaction around.
 *
 * @see <a href="../../../../../docs/decisions/0305-kept-membership.md">0305-kept-membership.md</a>
 */
@Component
class WholeLook {

    private final SegmentRepository segments;
    private final Businesses businesses;
    private final RuleContexts contexts;
    private final MembershipStates states;
    private final MemberStore members;
    private final MoveLog log;
    private final RuleVersions versions;
    private final FlipFinder flips;
    private final CountParts cut;

    WholeLook(
            SegmentRepository segments,
            Businesses businesses,
            RuleContexts contexts,
            MembershipStates states,
            MemberStore members,
            MoveLog log,
            RuleVersions versions,
            FlipFinder flips,
            CountParts cut) {
        this.segments = segments;
        this.businesses = businesses;
        this.contexts = contexts;
        this.states = states;
        this.members = members;
        this.log = log;
        this.versions = versions;
        this.flips = flips;
        this.cut = cut;
    }

    /**
     * Looks.
     *
     * @return how many moved
     * @throws MembershipStates.SegmentGone if the segment was deleted meanwhile
     */
    long at(TenantId tenant, KeptState wanted) {
        Segment segment = segments.findById(wanted.segment().value())
                .orElseThrow(() -> new MembershipStates.SegmentGone(wanted.segment()));
        if (segment.isList()) {
            states.lock(tenant, segment.id());
        }
        Business business = businesses.require(tenant);
        Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        RuleContext context = contexts.of(business, LocalDate.ofInstant(now, business.zone()));
        Rule rule = segment.rule();
        RuleVersions.Current version = versions.current(tenant, segment.id(), rule);
        Pass pass = new Pass(
                tenant,
                segment.id(),
                TimeOrderedIds.next(),
                now,
                cause(wanted, version),
                wanted.wantedFor(),
                version.version());
        RuleCheck.require(rule, context.scope(), null);
        Rule asked = CountParts.asked(rule, context);
        // What no day turns is looked at once a week, lest a change that nobody noted lasts: then the copy is not
        // asked.
        boolean net = pass.cause() == MoveCause.TIME
                && !RuleNeeds.of(rule, context.scope()).ofTime();
        List<Part> parts = net ? cut.ofTables(asked, context) : cut.of(asked, context);
        if (!wanted.isFilled()) {
            members.forget(tenant, segment.id());
            log.forget(tenant, segment.id());
            long filled = 0;
            for (Part part : parts) {
                filled +=
                        members.fillWords(pass, CountSql.differences(asked, part.context(), part.copy(), segment.id()));
            }
            states.refreshed(tenant, wanted, filled, context.today(), now);
            states.sizeOf(tenant, segment.id(), context.today(), 0, 0);
            return filled;
        }
        for (Part part : parts) {
            log.differences(pass, CountSql.differences(asked, part.context(), part.copy(), segment.id()));
        }
        Moves moves = log.count(pass);
        if (moves.any()) {
            members.take(pass);
            flips.explain(pass, rule, context, wanted.refreshedOn());
        }
        states.refreshed(tenant, wanted, members.count(tenant, segment.id()), context.today(), now);
        states.sizeOf(tenant, segment.id(), context.today(), moves.entered(), moves.left());
        return moves.entered() + moves.left();
    }

    private static MoveCause cause(KeptState wanted, RuleVersions.Current version) {
        if (version.isNew() || wanted.wantedWhy() == WantedWhy.RULE) {
            return MoveCause.RULE;
        }
        return wanted.wantedWhy() == WantedWhy.TIME ? MoveCause.TIME : MoveCause.CHANGE;
    }
}
