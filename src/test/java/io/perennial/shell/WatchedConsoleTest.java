package io.perennial.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.perennial.accounts.Role;
import io.perennial.accounts.StaffAccounts;
import io.perennial.customers.CsvFormat;
import io.perennial.customers.ImportField;
import io.perennial.customers.ImportJob;
import io.perennial.customers.ImportJobs;
import io.perennial.customers.ImportKind;
import io.perennial.customers.ImportMapping;
import io.perennial.customers.ImportOptions;
import io.perennial.customers.ImportState;
import io.perennial.kernel.EmailAddress;
import io.perennial.kernel.TenantId;
import io.perennial.kernel.TimeOrderedIds;
import io.perennial.support.CapturedLog;
import io.perennial.support.Figures;
import io.perennial.support.IntegrationTest;
import io.perennial.support.TestTenants;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quartz.Job;
import org.quartz.JobBuilder;
import org.quartz.JobDetail;
import org.quartz.JobExecutionContext;
import org.quartz.JobExecutionException;
import org.quartz.Scheduler;
import org.quartz.TriggerBuilder;
import org.quartz.impl.StdSchedulerFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.test.web.servlet.setup.SecurityMockMvcConfigurers;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.setup.DefaultMockMvcBuilder;
import org.springframework.web.context.WebApplicationContext;

/** What operators see of the console: the door to its figures, the figures after real work, and the log. */
@IntegrationTest
class WatchedConsoleTest {

    private static final String PASSWORD = "three calm words";

    @Autowired
    WebApplicationContext application;

    @Autowired
    StaffAccounts accounts;

    @Autowired
    ImportJobs imports;

    @Autowired
    TestTenants tenants;

    @TempDir
    Path folder;

    private MockMvcTester browser;
    private Figures figures;
    private TenantId acme;
    private EmailAddress email;
    private String address;

    @BeforeEach
    void prepare() {
        browser = MockMvcTester.from(
                application,
                (DefaultMockMvcBuilder builder) -> builder.addFilters(new RequestIdFilter())
                        .apply(SecurityMockMvcConfigurers.springSecurity())
                        .build());
        figures = new Figures(application);
        acme = tenants.fresh("Acme");
        long n = TimeOrderedIds.next();
        email = new EmailAddress("watched" + n + "@test.example");
        address = "10." + (n >> 4) % 256 + '.' + (n >> 12) % 256 + '.' + (n >> 20) % 256;
        accounts.addMember(acme, accounts.ensureAccount(email, "Zdislava Watched", PASSWORD), Role.MARKETER);
    }

    @Test
    void figuresAndPartsAreToldToTheTokenAlone() {
        for (String path : List.of("/actuator/prometheus", "/actuator/sbom", "/actuator/sbom/application")) {
            assertThat(browser.perform(get(path))).as(path).hasStatus(401);
            assertThat(browser.perform(get(path).header("Authorization", "Bearer " + Figures.TOKEN + "x")))
                    .as(path)
                    .hasStatus(401);
            assertThat(browser.perform(get(path).with(user("owner").authorities()))
                            .getResponse()
                            .getStatus())
                    .as("%s for somebody who is signed in", path)
                    .isEqualTo(401);
        }
        assertThat(figures.text()).contains("jvm_memory_used_bytes", "hikaricp_connections_active", "process_uptime");
    }

    @Test
    void aTokenThatCanBeGuessedIsRefusedAtTheStart() {
        assertThat(new MonitoringProperties(" ").isOpen()).isFalse();
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> new MonitoringProperties("short"))
                .hasMessageContaining("24");
        assertThat(new MonitoringProperties(Figures.TOKEN).toString()).doesNotContain(Figures.TOKEN);
    }

    @Test
    void signInsAreCountedByTheirOutcome() {
        double ok = figures.of("perennial_sign_ins_total{outcome=\"ok\"}");
        double failed = figures.of("perennial_sign_ins_total{outcome=\"failed\"}");
        signIn("wrong");
        signIn(PASSWORD);
        assertThat(figures.of("perennial_sign_ins_total{outcome=\"ok\"}") - ok).isEqualTo(1);
        assertThat(figures.of("perennial_sign_ins_total{outcome=\"failed\"}") - failed)
                .isEqualTo(1);
    }

    @Test
    void rowsOfImportsAreCountedByTheirOutcome() throws Exception {
        double created = figures.of("perennial_import_rows_total{outcome=\"created\"}");
        double rejected = figures.of("perennial_import_rows_total{outcome=\"rejected\"}");
        assertThat(importPeople(acme).state()).isEqualTo(ImportState.DONE);
        assertThat(importPeople(tenants.fresh("Globex")).state()).isEqualTo(ImportState.DONE);
        assertThat(figures.of("perennial_import_rows_total{outcome=\"created\"}") - created)
                .isEqualTo(4);
        assertThat(figures.of("perennial_import_rows_total{outcome=\"rejected\"}") - rejected)
                .isEqualTo(2);
        await().untilAsserted(() -> assertThat(figures.text()).contains("perennial_imports_running 0.0"));
    }

    @Test
    void jobsAreTimedByTheirKind() throws Exception {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        Properties properties = new Properties();
        properties.setProperty("org.quartz.scheduler.instanceName", "watched");
        properties.setProperty("org.quartz.threadPool.threadCount", "1");
        properties.setProperty("org.quartz.jobStore.class", "org.quartz.simpl.RAMJobStore");
        Scheduler scheduler = new StdSchedulerFactory(properties).getScheduler();
        scheduler
                .getListenerManager()
                .addJobListener(
                        new JobMeters(registry, new StaticListableBeanFactory().getBeanProvider(JobDetail.class)));
        for (Class<? extends Job> kind : List.of(Fine.class, Broken.class, Settled.class)) {
            scheduler.scheduleJob(
                    JobBuilder.newJob(kind).build(),
                    TriggerBuilder.newTrigger().startNow().build());
        }
        scheduler.start();
        try {
            await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
                assertThat(timed(registry, "Fine", "ok")).isEqualTo(1);
                assertThat(timed(registry, "Broken", "failed")).isEqualTo(1);
                assertThat(timed(registry, "Settled", "failed")).isEqualTo(1);
            });
        } finally {
            scheduler.shutdown(true);
        }
        assertThat(registry.get("perennial.job.last.success").timeGauges()).hasSize(1);
    }

    @Test
    void aRequestKeepsAWellFormedNameAndGetsOneOtherwise() {
        MockHttpServletResponse kept = browser.perform(get("/login").header("X-Request-Id", "proxy-0123456789"))
                .getResponse();
        assertThat(kept.getHeader("X-Request-Id")).isEqualTo("proxy-0123456789");
        for (String odd : List.of("short", "two\nlines-of-a-log", email.value(), "x".repeat(65))) {
            assertThat(browser.perform(get("/login").header("X-Request-Id", odd))
                            .getResponse()
                            .getHeader("X-Request-Id"))
                    .isNotEqualTo(odd)
                    .matches("[a-z0-9]{8,20}");
        }
    }

    @Test
    void theLogNamesBusinessAndRequestButNoPerson() throws Exception {
        Logger logger = LoggerFactory.getLogger("io.perennial.watched");
        try (CapturedLog log = new CapturedLog()) {
            signIn("wrong");
            signIn(PASSWORD);
            importPeople(acme);
            TestTenants.asOwner(
                    acme, () -> logger.error("Kept from <{}>", email, new IllegalStateException("of " + email)));
            for (String text : List.of(log.plain(), log.structured())) {
                assertThat(text)
                        .contains("Kept from <(address)>")
                        .contains("IllegalStateException: of (address)")
                        .contains(Long.toString(acme.value()))
                        .doesNotContain(email.value())
                        .doesNotContain("Zdislava", "Nepomucena", "nepomucena", "Watchedname", PASSWORD);
                assertThat(text.split("IllegalStateException: of", -1))
                        .as("told once")
                        .hasSize(2);
            }
            assertThat(log.structured()).contains("\"tenant_id\":\"" + acme.value() + '"');
        }
    }

    @Test
    void aLineWrittenDuringARequestBearsItsName() throws Exception {
        Logger logger = LoggerFactory.getLogger("io.perennial.watched");
        try (CapturedLog log = new CapturedLog()) {
            org.springframework.mock.web.MockHttpServletRequest request =
                    new org.springframework.mock.web.MockHttpServletRequest();
            request.addHeader("X-Request-Id", "proxy-0123456789");
            new RequestIdFilter()
                    .doFilter(request, new MockHttpServletResponse(), (in, out) -> logger.warn("In a request"));
            logger.warn("After it");
            assertThat(log.structured()).containsOnlyOnce("\"request_id\":\"proxy-0123456789\"");
            assertThat(log.plain()).containsOnlyOnce("proxy-0123456789");
        }
    }

    private ImportJob importPeople(TenantId tenant) throws Exception {
        Path file = Files.writeString(Files.createTempFile(folder, "people", ".csv"), """
                id,email,last
                A1,nepomucena@person.example,Watchedname
                A2,nepomucena at nowhere,Watchedname
                A3,nepomucena.other@person.example,Watchedname
                """);
        ImportMapping mapping = ImportMapping.none()
                .with(ImportField.EXTERNAL_ID, 0)
                .with(ImportField.EMAIL, 1)
                .with(ImportField.LAST_NAME, 2);
        long id = TestTenants.asOwner(
                tenant,
                () -> imports.start(
                        ImportKind.CUSTOMERS, file, mapping, ImportOptions.of("people.csv", CsvFormat.STANDARD)));
        return await().atMost(Duration.ofSeconds(60))
                .until(
                        () -> TestTenants.asOwner(tenant, () -> imports.find(id))
                                .orElseThrow(),
                        job -> job.finishedAt() != null);
    }

    private void signIn(String password) {
        browser.perform(post("/login")
                .param("username", email.value())
                .param("password", password)
                .with(csrf())
                .with(request -> {
                    request.setRemoteAddr(address);
                    return request;
                }));
    }

    private static long timed(SimpleMeterRegistry registry, String job, String outcome) {
        var timer = registry.find("perennial.jobs")
                .tags("kind", job, "outcome", outcome)
                .timer();
        return timer == null ? 0 : timer.count();
    }

    /** Goes well. */
    public static class Fine implements Job {
        @Override
        public void execute(JobExecutionContext context) {}
    }

    /** Leaves its failure to Quartz. */
    public static class Broken implements Job {
        @Override
        public void execute(JobExecutionContext context) throws JobExecutionException {
            throw new JobExecutionException("broken");
        }
    }

    /** Deals with its failure itself. */
    public static class Settled implements Job {
        @Override
        public void execute(JobExecutionContext context) {
            context.setResult(new IllegalStateException("settled"));
        }
    }
}
