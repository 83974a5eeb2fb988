package io.perennial.customers;

import io.perennial.accounts.ActingAs;
import io.perennial.accounts.Businesses;
import io.perennial.accounts.WorkFailed;
import io.perennial.kernel.TenantId;
import io.perennial.tenancy.TenantSql;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.List;
import org.quartz.CronScheduleBuilder;
import org.quartz.Job;
import org.quartz.JobBuilder;
import org.quartz.JobDetail;
import org.quartz.JobExecutionContext;
import org.quartz.Trigger;
import org.quartz.TriggerBuilder;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Quartz wakes it twice an hour, the database decides: a task of a business whose day is two hours old is done by whoever
 * writes its row, once. A night that was missed is made up for during the day; one cut off is begun anew.
 */
@Component
@TenantSql("One row for each task, business and night; each statement names the business.")
class Nights {

    private static final int BEGINS_AT = 2;

    private final ApplicationEventPublisher events;
    private final JdbcClient jdbc;
    private final Businesses businesses;
    private final List<NightlyTask> tasks;

    Nights(JdbcClient jdbc, Businesses businesses, List<NightlyTask> tasks, ApplicationEventPublisher events) {
        this.events = events;
        this.jdbc = jdbc;
        this.businesses = businesses;
        this.tasks = tasks;
    }

    void wake(Clock clock) {
        for (TenantId tenant : businesses.atWork()) {
            ZonedDateTime there = ZonedDateTime.now(clock)
                    .withZoneSameInstant(businesses.require(tenant).zone());
            if (there.getHour() >= BEGINS_AT) {
                tasks.forEach(task -> once(tenant, task, there.toLocalDate()));
            }
        }
    }

    void once(TenantId tenant, NightlyTask task, LocalDate night) {
        if (!claim(tenant, task.name(), night)) {
            return;
        }
        try {
            ActingAs.system(tenant, () -> task.run(tenant, () -> beat(tenant, task.name(), night)));
            jdbc.sql(
                            "UPDATE nightly_run SET finished_at = UTC_TIMESTAMP(6) WHERE tenant_id = ? AND task = ? AND night = ?")
                    .params(tenant.value(), task.name(), night)
                    .update();
        } catch (RuntimeException e) {
            events.publishEvent(new WorkFailed(
                    "customers/nightly",
                    task.name() + " of business " + tenant + " for the night of " + night + ", which is tried again",
                    e));
        }
    }

    private boolean claim(TenantId tenant, String task, LocalDate night) {
        int mine = jdbc.sql("INSERT IGNORE INTO nightly_run (tenant_id, task, night, started_at, beat_at) "
                        + "VALUES (?, ?, ?, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6))")
                .params(tenant.value(), task, night)
                .update();
        return mine > 0
                || jdbc.sql("UPDATE nightly_run SET beat_at = UTC_TIMESTAMP(6) WHERE tenant_id = ? AND task = ? "
                                        + "AND night = ? AND finished_at IS NULL "
                                        + "AND beat_at < UTC_TIMESTAMP(6) - INTERVAL 30 MINUTE")
                                .params(tenant.value(), task, night)
                                .update()
                        > 0;
    }

    private void beat(TenantId tenant, String task, LocalDate night) {
        jdbc.sql("UPDATE nightly_run SET beat_at = UTC_TIMESTAMP(6) WHERE tenant_id = ? AND task = ? AND night = ?")
                .params(tenant.value(), task, night)
                .update();
    }

    /** Woken by Quartz on one node. */
    static class NightlyJob implements Job {

        private final Nights nights;

        NightlyJob(Nights nights) {
            this.nights = nights;
        }

        @Override
        public void execute(JobExecutionContext context) {
            nights.wake(Clock.systemUTC());
        }
    }

    /** The job and its clock. */
    @Configuration(proxyBeanMethods = false)
    static class Setup {

        @Bean
        JobDetail nightlyJob() {
            return JobBuilder.newJob(NightlyJob.class)
                    .withIdentity("nightly", "customers")
                    .storeDurably()
                    .build();
        }

        @Bean
        Trigger nightlyTrigger(JobDetail nightlyJob) {
            return TriggerBuilder.newTrigger()
                    .withIdentity("nightly", "customers")
                    .forJob(nightlyJob)
                    .withSchedule(CronScheduleBuilder.cronSchedule("0 11,41 * * * ?")
                            .withMisfireHandlingInstructionDoNothing())
                    .build();
        }
    }
}
