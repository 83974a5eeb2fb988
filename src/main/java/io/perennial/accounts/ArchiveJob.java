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

/** Goes on with exports whose node stopped, and lets old ones go. */
class ArchiveJob implements Job {

    private final ArchiveWorker worker;

    ArchiveJob(ArchiveWorker worker) {
        this.worker = worker;
    }

    @Override
    public void execute(JobExecutionContext context) {
        worker.wake();
    }

    /** The job and its clock. */
    @Configuration(proxyBeanMethods = false)
    static class Setup {

        @Bean
        JobDetail archiveJob() {
            return JobBuilder.newJob(ArchiveJob.class)
                    .withIdentity("data-archives", "accounts")
                    .storeDurably()
                    .build();
        }

        @Bean
        Trigger archiveTrigger(JobDetail archiveJob) {
            return TriggerBuilder.newTrigger()
                    .withIdentity("data-archives", "accounts")
                    .forJob(archiveJob)
                    .withSchedule(CronScheduleBuilder.cronSchedule("20 3/10 * * * ?")
                            .withMisfireHandlingInstructionDoNothing())
                    .build();
        }
    }
}
