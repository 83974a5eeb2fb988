package io.perennial.campaigns;

import io.perennial.accounts.ActingAs;
import io.perennial.campaigns.Occurrences.Due;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Looks once a minute for scheduled campaigns whose time has come and which nobody launched: a trigger lost, a launch
 * that failed, a node whose clock is ahead. It does nothing that the trigger would not have done.
 */
@Component
class CampaignRecovery {

    private static final Logger log = LoggerFactory.getLogger(CampaignRecovery.class);
    /** The trigger comes first; this only sweeps up behind it. */
    private static final int GRACE_SECONDS = 20;

    private static final int AT_ONCE = 500;

    private final Occurrences occurrences;
    private final CampaignLaunch launch;

    CampaignRecovery(Occurrences occurrences, CampaignLaunch launch) {
        this.occurrences = occurrences;
        this.launch = launch;
    }

    @Scheduled(initialDelayString = "PT30S", fixedDelayString = "PT1M")
    void sweep() {
        for (Due due : occurrences.overdue(GRACE_SECONDS, AT_ONCE)) {
            try {
                ActingAs.system(due.tenant(), () -> launch.comeDue(due));
            } catch (RuntimeException e) {
                log.error("Campaign {} of tenant {} is due and could not be launched", due.campaign(), due.tenant(), e);
            }
        }
    }
}
