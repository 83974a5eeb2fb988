package io.perennial.operations;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.quartz.JobExecutionContext;
import org.quartz.JobExecutionException;
import org.quartz.JobKey;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.listeners.JobListenerSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.task.ThreadPoolTaskSchedulerCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.support.ScheduledTaskObservationContext;
import org.springframework.stereotype.Component;

/** Tells the journal of every run: of Quartz's jobs by their listener, of scheduled methods by what is measured of them. */
@Component
class JobWatch extends JobListenerSupport
        implements ObservationHandler<ScheduledTaskObservationContext>, SmartInitializingSingleton {

    private static final Logger log = LoggerFactory.getLogger(JobWatch.class);

    private final JobJournal journal;
    private final Scheduler quartz;
    private final JobPauses pauses;

    JobWatch(JobJournal journal, Scheduler quartz, JobPauses pauses) {
        this.journal = journal;
        this.quartz = quartz;
        this.pauses = pauses;
    }

    /** A start registers Quartz's jobs anew, which lets paused ones run. */
    @Override
    public void afterSingletonsInstantiated() {
        try {
            quartz.getListenerManager().addJobListener(this);
            for (String job : pauses.all()) {
                JobKey key = key(job);
                if (quartz.checkExists(key)) {
                    quartz.pauseJob(key);
                    log.info("The job {} is paused by an operator", job);
                }
            }
        } catch (SchedulerException e) {
            throw new IllegalStateException("Quartz's jobs cannot be watched", e);
        }
    }

    @Override
    public String getName() {
        return "journal";
    }

    @Override
    public void jobWasExecuted(JobExecutionContext context, @Nullable JobExecutionException failure) {
        Throwable fault = failure != null
                ? failure.getCause() == null ? failure : failure.getCause()
                : context.getResult() instanceof Throwable result ? result : null;
        journal.ended(
                name(context.getJobDetail().getKey()),
                context.getFireTime().toInstant(),
                Duration.ofMillis(Math.max(0, context.getJobRunTime())),
                true,
                fault);
    }

    @Override
    public boolean supportsContext(Observation.Context context) {
        return context instanceof ScheduledTaskObservationContext;
    }

    @Override
    public void onStart(ScheduledTaskObservationContext context) {
        context.put(Instant.class, Instant.now());
    }

    @Override
    public void onStop(ScheduledTaskObservationContext context) {
        Instant began = context.getOrDefault(Instant.class, Instant.now());
        journal.ended(
                context.getTargetClass().getSimpleName()
                        + '.'
                        + context.getMethod().getName(),
                began,
                Duration.between(began, Instant.now()),
                false,
                context.getError());
    }

    /** Group and name; the many jobs of campaigns are one. */
    static String name(JobKey key) {
        return key.getGroup() + '/' + key.getName();
    }

    static JobKey key(String name) {
        int slash = name.indexOf('/');
        return slash < 0 ? new JobKey(name) : new JobKey(name.substring(slash + 1), name.substring(0, slash));
    }

    @Configuration(proxyBeanMethods = false)
    static class Setup {

        /** The journal has logged it, with its id. */
        @Bean
        static ThreadPoolTaskSchedulerCustomizer faultsAreLoggedOnce() {
            return scheduler -> scheduler.setErrorHandler(
                    fault -> log.debug("A scheduled method failed and is tried again in its time", fault));
        }
    }
}
