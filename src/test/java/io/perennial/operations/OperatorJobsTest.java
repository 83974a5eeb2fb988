package io.perennial.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.micrometer.observation.ObservationRegistry;
import io.perennial.accounts.OrderedWork;
import io.perennial.accounts.Role;
import io.perennial.accounts.StaffAccounts;
import io.perennial.accounts.StaffPrincipal;
import io.perennial.accounts.WorkFailed;
import io.perennial.kernel.EmailAddress;
import io.perennial.kernel.TenantId;
import io.perennial.kernel.TimeOrderedIds;
import io.perennial.operations.OperatorJobs.Job;
import io.perennial.operations.OperatorJobs.Query;
import io.perennial.operations.OperatorJobs.Run;
import io.perennial.support.CapturedLog;
import io.perennial.support.IntegrationTest;
import io.perennial.support.TestTenants;
import io.perennial.tenancy.TenantSql;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Properties;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.quartz.JobBuilder;
import org.quartz.JobExecutionContext;
import org.quartz.JobExecutionException;
import org.quartz.Scheduler;
import org.quartz.Trigger.TriggerState;
import org.quartz.TriggerBuilder;
import org.quartz.TriggerKey;
import org.quartz.impl.StdSchedulerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.data.domain.PageRequest;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.scheduling.support.ScheduledMethodRunnable;
import org.springframework.security.access.AccessDeniedException;

@IntegrationTest
@TenantSql("Tests look at the rows themselves.")
class OperatorJobsTest {

    private static final String NIGHTLY = "customers/nightly";

    @Autowired
    OperatorJobs jobs;

    @Autowired
    JobJournal journal;

    @Autowired
    JobWatch watch;

    @Autowired
    ObservationRegistry observations;

    @Autowired
    ApplicationEventPublisher events;

    @Autowired
    Scheduler quartz;

    @Autowired
    StaffAccounts accounts;

    @Autowired
    TestTenants tenants;

    @Autowired
    JdbcTemplate jdbc;

    StaffPrincipal operator;

    @BeforeEach
    void anOperator() {
        EmailAddress email = new EmailAddress("op" + TimeOrderedIds.next() + "@test.example");
        accounts.addMember(
                tenants.fresh("Home"), accounts.ensureAccount(email, "Olga", "three calm words"), Role.SUPPORT);
        jdbc.update("UPDATE staff_account SET operator = TRUE WHERE email = ?", email.value());
        operator = accounts.loadUserByUsername(email.value());
    }

    @Test
    void everyJobIsListedWithItsRhythmAndWhatMayBeDoneWithIt() {
        List<Job> all = as(jobs::jobs);
        assertThat(all)
                .extracting(Job::name)
                .contains(
                        NIGHTLY,
                        "accounts/data-archives",
                        "accounts/business-removal",
                        "ImportUpkeep.beat",
                        "VisitUpkeep.endWhatIsOver",
                        "NodeBeat.beat")
                .doesNotHaveDuplicates();
        assertThat(all)
                .allSatisfy(job -> assertThat(job.rhythm().every() != null
                                || job.rhythm().cron() != null
                                || job.name().endsWith("/launch"))
                        .as(job.name())
                        .isTrue());
        assertThat(named(NIGHTLY).pausable()).isTrue();
        assertThat(named("ImportUpkeep.beat").runnable())
                .as("comes round anyway")
                .isFalse();
        assertThat(named("RequestLedger.forget").runnable()).isTrue();
    }

    @Test
    void aScheduledMethodThatFailsIsFoundInTheLogByTheIdThatThePageShows() throws Exception {
        var method = Broken.class.getDeclaredMethod("work");
        ScheduledMethodRunnable run = new ScheduledMethodRunnable(new Broken(), method, null, () -> observations);
        try (CapturedLog log = new CapturedLog()) {
            assertThatExceptionOfType(RuntimeException.class).isThrownBy(run::run);
            Run kept = kept("Broken.work").getFirst();
            assertThat(kept.failed()).isTrue();
            assertThat(kept.error()).isEqualTo("IllegalStateException: the tap is dry");
            assertThat(log.ours()).anyMatch(line -> line.contains("Unexpected error " + kept.errorId() + " "));
            assertThat(as(() -> jobs.runs(new Query(String.valueOf(kept.errorId()), true), PageRequest.ofSize(10))))
                    .extracting(Run::id)
                    .containsExactly(kept.id());
            assertThat(log.plain()).contains("the tap is dry").contains("Broken.work");
        }
    }

    @Test
    void aJobOfQuartzThatFailsAndWhatAJobDealtWithItselfAreKeptTheSameWay() throws Exception {
        Properties properties = new Properties();
        properties.setProperty("org.quartz.scheduler.instanceName", "journal");
        properties.setProperty("org.quartz.threadPool.threadCount", "1");
        properties.setProperty("org.quartz.jobStore.class", "org.quartz.simpl.RAMJobStore");
        Scheduler own = new StdSchedulerFactory(properties).getScheduler();
        own.getListenerManager().addJobListener(watch);
        String name = "broken" + TimeOrderedIds.next();
        own.scheduleJob(
                JobBuilder.newJob(BrokenJob.class).withIdentity(name, "tests").build(),
                TriggerBuilder.newTrigger().startNow().build());
        own.start();
        try {
            await().untilAsserted(() -> assertThat(kept("tests/" + name))
                    .singleElement()
                    .satisfies(run -> assertThat(run.error()).isEqualTo("IllegalStateException: no water")));
        } finally {
            own.shutdown(true);
        }
        events.publishEvent(new WorkFailed("tests/" + name, "business 1", new IllegalStateException("nor here")));
        assertThat(kept("tests/" + name)).hasSize(2).extracting(Run::errorId).doesNotHaveDuplicates();
    }

    @Test
    void sumsAreOfAllRunsAndSingleRunsAreBounded() {
        String job = "tests/many" + TimeOrderedIds.next();
        for (int i = 0; i < JobJournal.KEPT + 30; i++) {
            journal.ended(job, Instant.now(), Duration.ofMillis(5), true, null);
        }
        journal.ended(job, Instant.now(), Duration.ofMillis(7), false, null);
        journal.write();
        journal.ended(job, Instant.now(), Duration.ofMillis(9), false, new IllegalStateException("odd"));
        journal.write();
        journal.write();
        assertThat(jdbc.queryForObject("SELECT COUNT(*) FROM job_run WHERE job = ?", Integer.class, job))
                .isEqualTo(JobJournal.KEPT);
        assertThat(jdbc.queryForMap("SELECT runs, failures, took_ms, error FROM job_state WHERE job = ?", job))
                .containsEntry("runs", JobJournal.KEPT + 32L)
                .containsEntry("failures", 1L)
                .containsEntry("took_ms", 9L)
                .containsEntry("error", "IllegalStateException: odd");
        jdbc.update("UPDATE job_run SET id = id % 1000000 + 1 WHERE job = ? AND failed", job);
        journal.ended(job, Instant.now(), Duration.ofMillis(5), true, null);
        journal.write();
        assertThat(kept(job)).as("nor older than a month").noneMatch(Run::failed);
    }

    @Test
    void aPauseHoldsOnAllNodesAndBeyondAStart() throws Exception {
        try {
            as(() -> {
                jobs.pause(NIGHTLY);
                return true;
            });
            assertThat(quartz.getTriggerState(new TriggerKey("nightly", "customers")))
                    .isEqualTo(TriggerState.PAUSED);
            assertThat(named(NIGHTLY).isPaused()).isTrue();
            assertThat(named(NIGHTLY).state().pausedBy()).isEqualTo("Olga");
            quartz.resumeJob(JobWatch.key(NIGHTLY)); // what a start does
            watch.afterSingletonsInstantiated();
            assertThat(quartz.getTriggerState(new TriggerKey("nightly", "customers")))
                    .isEqualTo(TriggerState.PAUSED);
        } finally {
            as(() -> {
                jobs.resume(NIGHTLY);
                return true;
            });
        }
        assertThat(quartz.getTriggerState(new TriggerKey("nightly", "customers")))
                .isEqualTo(TriggerState.NORMAL);
        assertThat(named(NIGHTLY).isPaused()).isFalse();
    }

    @Test
    void whatIsRunByHandRunsAndWhatIsNotForThatDoesNot() {
        journal.write();
        long before = runsOf("RequestLedger.forget");
        as(() -> {
            jobs.runNow("RequestLedger.forget");
            for (String none : List.of("ImportUpkeep.beat", "campaigns/launch", "nonsense", "")) {
                assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> jobs.runNow(none));
                assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> jobs.pause(none));
            }
            return true;
        });
        await().untilAsserted(() -> {
            journal.write();
            assertThat(runsOf("RequestLedger.forget")).isGreaterThan(before);
        });
    }

    @Test
    void whatBusinessesOrderedIsCountedAndNotTold() {
        TenantId acme = tenants.fresh("Acme " + TimeOrderedIds.next());
        TenantId globex = tenants.fresh("Globex " + TimeOrderedIds.next());
        for (TenantId tenant : List.of(acme, globex)) {
            jdbc.update(
                    "INSERT INTO import_job (tenant_id, id, kind, state, source, dry_run, bytes_total, bytes_done, "
                            + "started_by, queued_at, beat_at) VALUES (?, ?, 'CUSTOMERS', 'RUNNING', 'secret.csv', FALSE, "
                            + "100, 40, 'Ada', UTC_TIMESTAMP(6) - INTERVAL 9 YEAR, UTC_TIMESTAMP(6))",
                    tenant.value(),
                    TimeOrderedIds.next());
        }
        var seen = as(jobs::ordered);
        assertThat(seen)
                .extracting(OperatorJobs.Ordered::nameKey)
                .contains("customers.import.ordered", "bulk.ordered", "accounts.archive.ordered", "insights.ordered");
        List<OrderedWork.Open> imports = seen.stream()
                .filter(kind -> kind.nameKey().equals("customers.import.ordered"))
                .flatMap(kind -> kind.open().stream())
                .toList();
        assertThat(imports).extracting(OrderedWork.Open::tenant).contains(acme, globex);
        assertThat(imports)
                .filteredOn(open -> open.tenant().equals(acme))
                .singleElement()
                .satisfies(open -> {
                    assertThat(open.running()).isTrue();
                    assertThat(open.share()).isEqualTo(0.4);
                });
        assertThat(seen.toString()).doesNotContain("secret.csv").doesNotContain("Ada");
        jdbc.update("DELETE FROM import_job WHERE tenant_id IN (?, ?)", acme.value(), globex.value());
    }

    @Test
    void noRoleOfABusinessSeesOrTouchesJobs() {
        TenantId acme = tenants.fresh("Acme");
        for (Role role : Role.builtIn()) {
            TestTenants.as(acme, role, () -> {
                for (Runnable deed : List.<Runnable>of(
                        jobs::jobs,
                        jobs::ordered,
                        () -> jobs.runs(new Query("", false), PageRequest.ofSize(1)),
                        () -> jobs.runNow(NIGHTLY),
                        () -> jobs.pause(NIGHTLY),
                        () -> jobs.resume(NIGHTLY))) {
                    assertThatExceptionOfType(AccessDeniedException.class).isThrownBy(deed::run);
                }
            });
        }
    }

    private Job named(String name) {
        return as(jobs::jobs).stream()
                .filter(job -> job.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private long runsOf(String job) {
        return jdbc.queryForList("SELECT runs FROM job_state WHERE job = ?", Long.class, job).stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    private List<Run> kept(String job) {
        return as(() -> jobs.runs(new Query(job, false), PageRequest.ofSize(200)));
    }

    private <T> T as(Supplier<T> work) {
        return TestTenants.as(operator, work);
    }

    static class Broken {
        void work() {
            throw new IllegalStateException("the tap is dry");
        }
    }

    public static class BrokenJob implements org.quartz.Job {
        @Override
        public void execute(JobExecutionContext context) throws JobExecutionException {
            throw new JobExecutionException(new IllegalStateException("no water"));
        }
    }
}
