package io.perennial.campaigns;

import io.perennial.accounts.ActingAs;
import io.perennial.campaigns.Occurrences.Due;
import org.quartz.Job;
import org.quartz.JobExecutionContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Woken by Quartz at a campaign's time; the tenant travels in the trigger's data. */
class CampaignLaunchJob implements Job {

    private static final Logger log = LoggerFactory.getLogger(CampaignLaunchJob.class);

    private final CampaignLaunch launch;

    CampaignLaunchJob(CampaignLaunch launch) {
        this.launch = launch;
    }

    @Override
    public void execute(JobExecutionContext context) {
        Due due = CampaignTriggers.dueOf(context.getMergedJobDataMap());
        try {
            ActingAs.system(due.tenant(), () -> launch.comeDue(due));
        } catch (RuntimeException e) {
            context.setResult(e);
            // Not handed to Quartz: its trigger is spent, and the recovery tries again within a minute.
            log.error("Campaign {} of tenant {} could not be launched", due.campaign(), due.tenant(), e);
        }
    }
}
