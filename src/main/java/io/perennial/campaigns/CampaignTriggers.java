package io.perennial.campaigns;

import io.perennial.campaigns.Occurrences.Due;
import io.perennial.kernel.TenantId;
import java.time.Instant;
import java.util.Date;
import org.quartz.JobBuilder;
import org.quartz.JobDataMap;
import org.quartz.JobDetail;
import org.quartz.JobKey;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.SimpleScheduleBuilder;
import org.quartz.Trigger;
import org.quartz.TriggerBuilder;
import org.quartz.TriggerKey;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Component;

/**
 * The alarm clocks of scheduled campaigns. Quartz's store joins the caller's transaction, so a trigger exists exactly
 * if the plan was committed; the scheduler waits for the lock that this transaction holds and then sees it.
 */
@Component
class CampaignTriggers {

    private static final String GROUP = "campaigns";
    private static final JobKey JOB = JobKey.jobKey("launch", GROUP);
    private static final String TENANT = "tenant";
    private static final String CAMPAIGN = "campaign";
    private static final String PLANNED_AT = "plannedAt";

    private final Scheduler scheduler;

    CampaignTriggers(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    /** Wakes the product at the campaign's time, instead of any time set before. */
    void arm(Due due) {
        TriggerKey key = keyOf(due.tenant(), due.campaign());
        Trigger trigger = TriggerBuilder.newTrigger()
                .withIdentity(key)
                .forJob(JOB)
                .usingJobData(TENANT, due.tenant().toString())
                .usingJobData(CAMPAIGN, due.campaign().toString())
                .usingJobData(PLANNED_AT, due.plannedAt().toString())
                .startAt(Date.from(due.plannedAt()))
                // Late or not, it fires; what lateness means is the campaign's policy, not Quartz's.
                .withSchedule(SimpleScheduleBuilder.simpleSchedule().withMisfireHandlingInstructionFireNow())
                .build();
        try {
            if (scheduler.rescheduleJob(key, trigger) == null) {
                scheduler.scheduleJob(trigger);
            }
        } catch (SchedulerException e) {
            // The transaction must not go on: a deadlock inside Quartz has undone what was written before.
            throw new IllegalStateException("The time of campaign " + due.campaign() + " could not be kept", e);
        }
    }

    void disarm(TenantId tenant, CampaignId campaign) {
        try {
            scheduler.unscheduleJob(keyOf(tenant, campaign));
        } catch (SchedulerException e) {
            throw new IllegalStateException("The time of campaign " + campaign + " could not be taken back", e);
        }
    }

    boolean isArmed(TenantId tenant, CampaignId campaign) {
        try {
            return scheduler.checkExists(keyOf(tenant, campaign));
        } catch (SchedulerException e) {
            throw new IllegalStateException("The time of campaign " + campaign + " could not be looked up", e);
        }
    }

    static Due dueOf(JobDataMap data) {
        return new Due(
                new TenantId(Long.parseLong(data.getString(TENANT))),
                new CampaignId(Long.parseLong(data.getString(CAMPAIGN))),
                Instant.parse(data.getString(PLANNED_AT)));
    }

    private static TriggerKey keyOf(TenantId tenant, CampaignId campaign) {
        return TriggerKey.triggerKey(tenant + "-" + campaign, GROUP);
    }

    /** The one job that all campaigns' triggers start. */
    @Configuration(proxyBeanMethods = false)
    static class Job {

        @Bean
        JobDetail campaignLaunchJob() {
            return JobBuilder.newJob(CampaignLaunchJob.class)
                    .withIdentity(JOB)
                    .storeDurably()
                    .build();
        }
    }
}
