package io.perennial.operations;

import io.perennial.accounts.NodeEnd;
import io.perennial.accounts.WorkFailed;
import io.perennial.kernel.ErrorIds;
import io.perennial.kernel.TimeOrderedIds;
import io.perennial.tenancy.TenantSql;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Keeps what became of jobs: sums of all runs, and single runs where they are worth it. What happens many times a minute is
 * summed in memory and written each half minute, so a journal costs less than what it is about; a crash loses the sums of that
 * half minute and nothing else.
 */
@Component
@TenantSql("Jobs serve all tenants; their journal belongs to none.")
class JobJournal {

    /** Single runs that are kept of each job, and for how long. */
    static final int KEPT = 100;

    static final Duration KEPT_FOR = Duration.ofDays(30);

    /** Runs as long as this are kept singly. */
    private static final Duration LONG = Duration.ofSeconds(1);

    private static final int LONGEST_NAME = 80;
    private static final int LONGEST_ERROR = 500;

    private static final Logger log = LoggerFactory.getLogger(JobJournal.class);

    private final JdbcClient jdbc;
    private final NodeEnd node;
    private final Map<String, Tally> tallies = new ConcurrentHashMap<>();
    private final Set<String> grown = ConcurrentHashMap.newKeySet();

    JobJournal(JdbcClient jdbc, NodeEnd node) {
        this.jdbc = jdbc;
        this.node = node;
    }

    /** What this node saw of a job and has not written yet. */
    private record Tally(
            long runs,
            long failures,
            Instant beganAt,
            Duration took,
            @Nullable Instant okAt,
            @Nullable Instant failedAt,
            @Nullable String error,
            @Nullable String errorId) {

        Tally and(Tally later) {
            return new Tally(
                    runs + later.runs,
                    failures + later.failures,
                    later.beganAt,
                    later.took,
                    later.okAt == null ? okAt : later.okAt,
                    later.failedAt == null ? failedAt : later.failedAt,
                    later.failedAt == null ? error : later.error,
                    later.failedAt == null ? errorId : later.errorId);
        }
    }

    /**
     * A run is over.
     *
     * @param always whether it is kept singly however short it was
     * @param fault logged here, with the id by which the page names it
     */
    void ended(String job, Instant beganAt, Duration took, boolean always, @Nullable Throwable fault) {
        if (fault != null && node.isNear()) {
            brokenOff(job, fault);
            return;
        }
        String id = fault == null ? null : ErrorIds.next();
        if (fault != null) {
            log.error("Unexpected error {} in the job {}", id, job, fault);
        }
        note(job, 1, beganAt, took, always, fault, id);
    }

    /** A job failed at something, dealt with it and goes on. */
    @EventListener
    void failed(WorkFailed work) {
        if (node.isNear()) {
            brokenOff(work.job(), work.fault());
            return;
        }
        String id = ErrorIds.next();
        log.error("Unexpected error {} in the job {}: {}", id, work.job(), work.what(), work.fault());
        note(work.job(), 0, Instant.now(), Duration.ZERO, true, work.fault(), id);
    }

    /** By the end of this node: jobs are made to go on after it, so that it is no failure of theirs. */
    private static void brokenOff(String job, Throwable fault) {
        log.info(
                "The job {} was broken off by the end of this node and goes on later ({})",
                job,
                fault.getClass().getSimpleName());
    }

    private void note(
            String name,
            long runs,
            Instant beganAt,
            Duration took,
            boolean always,
            @Nullable Throwable fault,
            @Nullable String id) {
        String job = cut(name, LONGEST_NAME);
        String error = fault == null ? null : cut(words(fault), LONGEST_ERROR);
        Instant now = Instant.now();
        tallies.merge(
                job,
                fault == null
                        ? new Tally(runs, 0, beganAt, took, now, null, null, null)
                        : new Tally(runs, 1, beganAt, took, null, now, error, id),
                Tally::and);
        if (always || fault != null || took.compareTo(LONG) >= 0) {
            keep(job, beganAt, took, error, id);
        }
    }

    private void keep(String job, Instant beganAt, Duration took, @Nullable String error, @Nullable String id) {
        try {
            jdbc.sql("INSERT INTO job_run (id, job, node, began_at, took_ms, failed, error, error_id) "
                            + "VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
                    .param(TimeOrderedIds.next())
                    .param(job)
                    .param(ThisNode.NAME)
                    .param(utc(beganAt))
                    .param(took.toMillis())
                    .param(id != null)
                    .param(error)
                    .param(id)
                    .update();
            grown.add(job);
        } catch (DataAccessException | TransactionException e) {
            log.warn("The run of {} is not in its journal: {}", job, e.getMessage());
        }
    }

    @Scheduled(initialDelay = 15_000, fixedDelay = 30_000)
    void write() {
        for (String job : Set.copyOf(tallies.keySet())) {
            Tally tally = tallies.remove(job);
            if (tally != null) {
                try {
                    write(job, tally);
                } catch (DataAccessException | TransactionException e) {
                    tallies.merge(job, tally, (newer, older) -> older.and(newer));
                    throw e;
                }
            }
        }
        Set.copyOf(grown).forEach(this::shorten);
    }

    private void write(String job, Tally tally) {
        jdbc.sql(
                        "INSERT INTO job_state (job, node, began_at, took_ms, runs, failures, ok_at, failed_at, error, error_id) "
                                + "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON DUPLICATE KEY UPDATE node = VALUES(node), "
                                + "began_at = VALUES(began_at), took_ms = VALUES(took_ms), runs = runs + VALUES(runs), "
                                + "failures = failures + VALUES(failures), ok_at = COALESCE(VALUES(ok_at), ok_at), "
                                + "error = IF(VALUES(failed_at) IS NULL, error, VALUES(error)), "
                                + "error_id = IF(VALUES(failed_at) IS NULL, error_id, VALUES(error_id)), "
                                + "failed_at = COALESCE(VALUES(failed_at), failed_at)")
                .param(job)
                .param(ThisNode.NAME)
                .param(utc(tally.beganAt()))
                .param(tally.took().toMillis())
                .param(tally.runs())
                .param(tally.failures())
                .param(utc(tally.okAt()))
                .param(utc(tally.failedAt()))
                .param(tally.error())
                .param(tally.errorId())
                .update();
    }

    /** Keeps the newest runs of a job. */
    private void shorten(String job) {
        grown.remove(job);
        jdbc.sql("SELECT id FROM job_run WHERE job = ? ORDER BY id DESC LIMIT 1 OFFSET " + KEPT)
                .param(job)
                .query(Long.class)
                .optional()
                .ifPresent(oldest -> jdbc.sql("DELETE FROM job_run WHERE job = ? AND id <= ?")
                        .params(job, oldest)
                        .update());
        jdbc.sql("DELETE FROM job_run WHERE job = ? AND id < ?")
                .params(job, TimeOrderedIds.firstAt(Instant.now().minus(KEPT_FOR)))
                .update();
    }

    private static String words(Throwable fault) {
        String message = fault.getMessage();
        String name = fault.getClass().getSimpleName();
        return message == null ? name : name + ": " + message;
    }

    private static String cut(String text, int longest) {
        return text.length() <= longest ? text : text.substring(0, longest - 1) + "…";
    }

    private static @Nullable LocalDateTime utc(@Nullable Instant at) {
        return at == null ? null : LocalDateTime.ofInstant(at, ZoneOffset.UTC);
    }
}
