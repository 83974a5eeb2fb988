package io.perennial.segments;

import io.perennial.accounts.Businesses;
import io.perennial.kernel.TenantId;
import io.perennial.kernel.TimeOrderedIds;
import io.perennial.segments.KeptRules.Kept;
import io.perennial.segments.KeptState.WantedWhy;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import org.springframework.stereotype.Component;

/** What begins with a day of a business: what the day may turn is asked for, and each segment's size put down. */
@Component
class NightlyPass {

    /** When it may begin, so that clocks of nodes a little apart agree on the day. */
    private static final LocalTime NIGHTLY = LocalTime.of(0, 2);

    /** Segments that no day turns are looked at as a whole now and then all the same. */
    private static final int DAYS_UNSEEN = 7;

    private static final int LOG_DAYS = 400;

    private final Businesses businesses;
    private final UpkeepClaims claims;
    private final ClaimedSteps steps;
    private final MembershipStates states;
    private final KeptRules rules;
    private final MoveLog log;

    NightlyPass(
            Businesses businesses,
            UpkeepClaims claims,
            ClaimedSteps steps,
            MembershipStates states,
            KeptRules rules,
            MoveLog log) {
        this.businesses = businesses;
        this.claims = claims;
        this.steps = steps;
        this.states = states;
        this.rules = rules;
        this.log = log;
    }

    boolean isDue(TenantId tenant, Instant now) {
        ZonedDateTime local = now.atZone(businesses.require(tenant).zone());
        return claims.nightlyOn(tenant)
                .map(last -> last.isBefore(local.toLocalDate())
                        && !local.toLocalTime().isBefore(NIGHTLY))
                .orElse(true);
    }

    /** Once a day of the current business. */
    void run(TenantId tenant, String worker, Instant now) {
        if (!isDue(tenant, now)) {
            return;
        }
        LocalDate today = LocalDate.ofInstant(now, businesses.require(tenant).zone());
        steps.run(tenant, worker, () -> {
            states.wantNew(tenant);
            for (Kept kept : rules.of(tenant)) {
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
                more = steps.run(tenant, worker, () -> log.forgetBefore(tenant, state.segment(), oldest)) > 0;
            }
        }
    }
}
