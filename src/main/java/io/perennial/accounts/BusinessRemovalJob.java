package io.perennial.accounts;

import org.quartz.CronScheduleBuilder;
import org.quartz.Job;
import org.quartz.JobBuilder;
import org.quartz.JobDetail;
import org.quartz.JobExecutionContext;
import org.quartz.Trigger;
import org.quartz.TriggerBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wakes the removal once an hour on one node; the database decides what is due. */
class BusinessRemovalJob implements Job {

    private final BusinessRemoval removal;

    BusinessRemovalJob(BusinessRemoval removal) {
        this.removal = removal;
    }

    @Override
    public void execute(JobExecutionContext context) {
        removal.removeDue();
    }

    /** The job and its clock. */
    @Configuration(proxyBeanMethods = false)
    static class Setup {

        @Bean
        JobDetail businessRemovalJob() {
            return JobBuilder.newJob(BusinessRemovalJob.class)
                    .withIdentity("business-removal", "accounts")
                    .storeDurably()
                    .build();
        }

        @Bean
        Trigger businessRemovalTrigger(JobDetail businessRemovalJob) {
            return TriggerBuilder.newTrigger()
                    .withIdentity("business-removal", "accounts")
                    .forJob(businessRemovalJob)
                    .withSchedule(
                            CronScheduleBuilder.cronSchedule("0 23 * * * ?").withMisfireHandlingInstructionDoNothing())
                    .build();
        }
    }
}
