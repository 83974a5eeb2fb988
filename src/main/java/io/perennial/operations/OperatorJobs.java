package io.perennial.operations;

import io.perennial.accounts.CurrentStaff;
import io.perennial.accounts.OrderedWork;
import io.perennial.accounts.StaffPrincipal;
import io.perennial.tenancy.TenantSql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.quartz.CronTrigger;
import org.quartz.JobDetail;
import org.quartz.JobKey;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.Trigger;
import org.quartz.impl.matchers.GroupMatcher;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.data.domain.Pageable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.scheduling.config.CronTask;
import org.springframework.scheduling.config.IntervalTask;
import org.springframework.scheduling.config.ScheduledTask;
import org.springframework.scheduling.config.ScheduledTaskHolder;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The jobs of the installation as its operator sees them. Those of Quartz run on one node at a time, scheduled methods on
 * each.
 */
@Service
@PreAuthorize("hasAuthority('platform:operate')")
@TenantSql("Jobs serve all tenants; their journal belongs to none.")
public class OperatorJobs {

    /** Campaigns have a trigger each; they are planned where they belong. */
    private static final String CAMPAIGNS = "CampaignLaunchJob";

    /** What comes round more often than this is not worth a hand, and might meet itself. */
    private static final Duration WORTH_A_HAND = Duration.ofMinutes(5);

    private final JdbcClient jdbc;
    private final Scheduler quartz;
    private final JobPauses pauses;
    private final ObjectProvider<ScheduledTaskHolder> scheduled;
    private final TaskScheduler threads;
    private final List<OrderedWork> ordered;

    OperatorJobs(
            JdbcClient jdbc,
            Scheduler quartz,
            JobPauses pauses,
            ObjectProvider<ScheduledTaskHolder> scheduled,
            TaskScheduler threads,
            List<OrderedWork> ordered) {
        this.jdbc = jdbc;
        this.quartz = quartz;
        this.pauses = pauses;
        this.scheduled = scheduled;
        this.threads = threads;
        this.ordered = List.copyOf(ordered);
    }

    /** How often a job comes round: after a pause, or at the times of a cron expression, or by neither. */
    public record Rhythm(
            @Nullable Duration every,
            @Nullable String cron,
            @Nullable String zone) {}

    /**
     * A job.
     *
     * @param name as the journal calls it
     * @param everywhere whether each node does it by itself; else one of them, whichever is free
     * @param nextAt of scheduled methods on this node
     * @param pausable whether it can be paused and be run now
     * @param state what the journal has of it; null where it never ran
     */
    public record Job(
            String name,
            boolean everywhere,
            Rhythm rhythm,
            @Nullable Instant nextAt,
            boolean runnable,
            boolean pausable,
            @Nullable State state) {

        public boolean isPaused() {
            return state != null && state.pausedBy() != null;
        }

        /** Whether its last run went wrong, or something in it. */
        public boolean isFailing() {
            return state != null
                    && state.failedAt() != null
                    && (state.beganAt() == null || !state.failedAt().isBefore(state.beganAt()));
        }
    }

    /** What the journal has of a job, over all nodes. */
    public record State(
            String node,
            @Nullable Instant beganAt,
            Duration took,
            long runs,
            long failures,
            @Nullable Instant okAt,
            @Nullable Instant failedAt,
            @Nullable String error,
            @Nullable String errorId,
            @Nullable String pausedBy) {}

    /** A run that was kept. */
    public record Run(
            long id,
            String job,
            String node,
            Instant beganAt,
            Duration took,
            boolean failed,
            @Nullable String error,
            @Nullable String errorId) {}

    /**
     * Which runs.
     *
     * @param text in the job's name, or an error's id; empty for all
     */
    public record Query(String text, boolean onlyFailed) {}

    /** Work of one kind that businesses have ordered. */
    public record Ordered(String nameKey, List<OrderedWork.Open> open, OrderedWork.Ended today) {}

    /** Every job, those of Quartz first, by name. */
    @Transactional(readOnly = true)
    public List<Job> jobs() {
        Map<String, State> states = new HashMap<>();
        jdbc.sql("SELECT * FROM job_state")
                .query((rs, n) -> states.put(rs.getString("job"), state(rs)))
                .list();
        List<Job> all = new ArrayList<>(ofQuartz(states));
        all.addAll(scheduled(states));
        all.sort(Comparator.comparing(Job::everywhere).thenComparing(Job::name));
        return all;
    }

    /** A page of the runs that were kept, the newest first. */
    @Transactional(readOnly = true)
    public List<Run> runs(Query query, Pageable page) {
        String text = query.text().strip();
        return jdbc.sql("SELECT * FROM job_run WHERE (? = '' OR error_id = ? OR job LIKE ? ESCAPE '!')"
                        + (query.onlyFailed() ? " AND failed" : "") + " ORDER BY id DESC LIMIT ? OFFSET ?")
                .params(text, text.toUpperCase(java.util.Locale.ROOT), like(text), page.getPageSize(), page.getOffset())
                .query(OperatorJobs::run)
                .list();
    }

    /** What businesses have ordered, by kind. */
    @Transactional(readOnly = true)
    public List<Ordered> ordered() {
        Instant yesterday = Instant.now().minus(Duration.ofDays(1));
        return ordered.stream()
                .map(work -> new Ordered(work.nameKey(), work.open(), work.since(yesterday)))
                .sorted(Comparator.comparing(Ordered::nameKey))
                .toList();
    }

    /**
     * Runs a job now, beside its usual times.
     *
     * @throws IllegalArgumentException if there is none of this name, or it is none for that
     */
    public void runNow(String name) {
        if (!require(name).runnable()) {
            throw new IllegalArgumentException("This job is not run by hand");
        }
        try {
            JobKey key = JobWatch.key(name);
            if (quartz.checkExists(key)) {
                quartz.triggerJob(key);
                return;
            }
        } catch (SchedulerException e) {
            throw new IllegalStateException(e);
        }
        for (ScheduledTask task : tasks()) {
            if (name.equals(nameOf(task))) {
                var _ = threads.schedule(task.getTask().getRunnable(), Instant.now());
            }
        }
    }

    /**
     * Lets a job rest until it is resumed, on all nodes and beyond their starts.
     *
     * @throws IllegalArgumentException if there is none of this name, or it is none for that
     */
    @Transactional
    public void pause(String name) {
        if (!require(name).pausable()) {
            throw new IllegalArgumentException("This job is not paused");
        }
        pauses.pause(name, CurrentStaff.find().map(StaffPrincipal::displayName).orElse("Perennial"));
        try {
            quartz.pauseJob(JobWatch.key(name));
        } catch (SchedulerException e) {
            throw new IllegalStateException(e);
        }
    }

    @Transactional
    public void resume(String name) {
        require(name);
        pauses.resume(name);
        try {
            quartz.resumeJob(JobWatch.key(name));
        } catch (SchedulerException e) {
            throw new IllegalStateException(e);
        }
    }

    private Job require(String name) {
        return jobs().stream()
                .filter(job -> job.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no such job"));
    }

    private List<Job> ofQuartz(Map<String, State> states) {
        try {
            List<Job> jobs = new ArrayList<>();
            for (JobKey key : quartz.getJobKeys(GroupMatcher.anyJobGroup())) {
                JobDetail detail = quartz.getJobDetail(key);
                if (detail != null) {
                    jobs.add(ofQuartz(detail, states.get(JobWatch.name(key))));
                }
            }
            return jobs;
        } catch (SchedulerException e) {
            throw new IllegalStateException(e);
        }
    }

    private Job ofQuartz(JobDetail detail, @Nullable State state) throws SchedulerException {
        boolean own = !CAMPAIGNS.equals(detail.getJobClass().getSimpleName());
        Rhythm rhythm = new Rhythm(null, null, null);
        Instant next = null;
        for (Trigger trigger : quartz.getTriggersOfJob(detail.getKey())) {
            Date date = trigger.getNextFireTime();
            Instant at = date == null ? null : date.toInstant();
            if (at != null && (next == null || at.isBefore(next))) {
                next = at;
            }
            if (trigger instanceof CronTrigger cron) {
                rhythm = new Rhythm(
                        null, cron.getCronExpression(), cron.getTimeZone().getID());
            } else if (trigger instanceof org.quartz.SimpleTrigger simple && own && simple.getRepeatInterval() > 0) {
                rhythm = new Rhythm(Duration.ofMillis(simple.getRepeatInterval()), null, null);
            }
        }
        return new Job(JobWatch.name(detail.getKey()), false, rhythm, next, own, own, state);
    }

    private List<Job> scheduled(Map<String, State> states) {
        return tasks().stream()
                .map(task -> {
                    String name = Objects.requireNonNull(nameOf(task));
                    Rhythm rhythm = rhythm(task);
                    boolean seldom = rhythm.cron() != null
                            || (rhythm.every() != null && rhythm.every().compareTo(WORTH_A_HAND) >= 0);
                    return new Job(name, true, rhythm, task.nextExecution(), seldom, false, states.get(name));
                })
                .toList();
    }

    private List<ScheduledTask> tasks() {
        return scheduled.stream()
                .flatMap(holder -> holder.getScheduledTasks().stream())
                .filter(task -> nameOf(task) != null)
                .toList();
    }

    private static @Nullable String nameOf(ScheduledTask task) {
        // Spring wraps the runnable, whose words are those of the method: "io.perennial.x.Upkeep.tidy".
        String words = task.toString();
        if (!words.startsWith("io.perennial.")) {
            return null;
        }
        int method = words.lastIndexOf('.');
        String type = words.substring(0, method);
        return type.substring(Math.max(type.lastIndexOf('.'), type.lastIndexOf('$')) + 1) + words.substring(method);
    }

    private static Rhythm rhythm(ScheduledTask task) {
        return switch (task.getTask()) {
            case CronTask cron ->
                new Rhythm(
                        null,
                        cron.getExpression(),
                        java.time.ZoneId.systemDefault().getId());
            case IntervalTask interval -> new Rhythm(interval.getIntervalDuration(), null, null);
            default -> new Rhythm(null, null, null);
        };
    }

    private static State state(ResultSet rs) throws SQLException {
        String node = rs.getString("node");
        return new State(
                node == null ? "" : node,
                instant(rs, "began_at"),
                Duration.ofMillis(rs.getLong("took_ms")),
                rs.getLong("runs"),
                rs.getLong("failures"),
                instant(rs, "ok_at"),
                instant(rs, "failed_at"),
                rs.getString("error"),
                rs.getString("error_id"),
                rs.getString("paused_by"));
    }

    private static Run run(ResultSet rs, int row) throws SQLException {
        return new Run(
                rs.getLong("id"),
                rs.getString("job"),
                rs.getString("node"),
                Objects.requireNonNull(instant(rs, "began_at")),
                Duration.ofMillis(rs.getLong("took_ms")),
                rs.getBoolean("failed"),
                rs.getString("error"),
                rs.getString("error_id"));
    }

    static @Nullable Instant instant(ResultSet rs, String column) throws SQLException {
        LocalDateTime utc = rs.getObject(column, LocalDateTime.class);
        return utc == null ? null : utc.toInstant(ZoneOffset.UTC);
    }

    private static String like(String text) {
        return '%' + text.replace("!", "!!").replace("%", "!%").replace("_", "!_") + '%';
    }
}
