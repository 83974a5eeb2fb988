package io.perennial.shell;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.quartz.JobDetail;
import org.quartz.JobExecutionContext;
import org.quartz.JobExecutionException;
import org.quartz.listeners.JobListenerSupport;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.quartz.autoconfigure.SchedulerFactoryBeanCustomizer;
import org.springframework.scheduling.quartz.SchedulerFactoryBean;
import org.springframework.stereotype.Component;

/**
 * How often Quartz's jobs run on this node, how long they take and when each last did. By the kind of job, of which there
 * are few: a trigger of its own belongs to each campaign. A job that deals with its failure itself leaves it as its
 * result.
 */
@Component
class JobMeters extends JobListenerSupport implements SchedulerFactoryBeanCustomizer, SmartInitializingSingleton {

    private final MeterRegistry registry;
    private final ObjectProvider<JobDetail> known;
    private final Map<String, AtomicLong> lastEnds = new ConcurrentHashMap<>();

    JobMeters(MeterRegistry registry, ObjectProvider<JobDetail> known) {
        this.registry = registry;
        this.known = known;
    }

    /** Each from the start, at nothing; of when it last went well there is nothing to tell yet. */
    @Override
    public void afterSingletonsInstantiated() {
        known.stream().map(JobMeters::kind).forEach(job -> {
            timer(job, "ok");
            timer(job, "failed");
            lastEnds.computeIfAbsent(job, this::lastEnd);
        });
    }

    private static String kind(JobDetail job) {
        return job.getJobClass().getSimpleName();
    }

    @Override
    public String getName() {
        return "meters";
    }

    @Override
    public void customize(SchedulerFactoryBean scheduler) {
        scheduler.setGlobalJobListeners(this);
    }

    @Override
    public void jobWasExecuted(JobExecutionContext context, @Nullable JobExecutionException failure) {
        String job = kind(context.getJobDetail());
        boolean failed = failure != null || context.getResult() instanceof Throwable;
        timer(job, failed ? "failed" : "ok").record(Duration.ofMillis(Math.max(0, context.getJobRunTime())));
        if (!failed) {
            lastEnds.computeIfAbsent(job, this::lastEnd).set(System.currentTimeMillis());
        }
    }

    private Timer timer(String job, String outcome) {
        return Timer.builder("perennial.jobs")
                .description("Runs of Quartz's jobs on this node, by the kind of job")
                .tags("kind", job, "outcome", outcome)
                .register(registry);
    }

    private AtomicLong lastEnd(String job) {
        AtomicLong at = new AtomicLong();
        TimeGauge.builder(
                        "perennial.job.last.success",
                        at,
                        TimeUnit.MILLISECONDS,
                        each -> each.get() == 0 ? Double.NaN : each.get())
                .description("When a job of this kind last went well on this node, as a Unix time")
                .tags(Tags.of("kind", job))
                .register(registry);
        return at;
    }
}
