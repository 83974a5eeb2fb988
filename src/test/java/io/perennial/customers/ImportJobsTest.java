package io.perennial.customers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.perennial.accounts.Role;
import io.perennial.kernel.TenantId;
import io.perennial.support.IntegrationTest;
import io.perennial.support.TestTenants;
import io.perennial.tenancy.TenantSql;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.security.access.AccessDeniedException;

@IntegrationTest
@TenantSql("Leaves a job behind as a killed node would.")
class ImportJobsTest {

    private static final ImportMapping MAPPING =
            ImportMapping.none().with(ImportField.EXTERNAL_ID, 0).with(ImportField.EMAIL, 1);
    private static final ImportOptions OPTIONS = ImportOptions.of("people.csv", CsvFormat.STANDARD);

    @Autowired
    ImportJobs jobs;

    @Autowired
    ImportRejects rejects;

    @Autowired
    ImportUpkeep upkeep;

    @Autowired
    ImportsOnHome home;

    @Autowired
    TestTenants tenants;

    @Autowired
    ImportedData data;

    @Autowired
    JdbcTemplate jdbc;

    @TempDir
    Path folder;

    private TenantId acme;

    @BeforeEach
    void freshBusiness() {
        acme = tenants.fresh("Acme");
    }

    @Test
    void runsInTheBackgroundAndKeepsWhatItRejected() throws Exception {
        Path file = file("id,email", "A1,ada@example.com", "=cmd|' /C calc'!A0,nobody", "A3,carl@example.com");
        ImportJob job = finished(start(file, OPTIONS));
        assertThat(job.state()).isEqualTo(ImportState.DONE);
        assertThat(job.counts()).isEqualTo(new ImportCounts(3, 2, 0, 0, 1, 0));
        assertThat(job.startedBy()).isEqualTo("OWNER");
        assertThat(Files.exists(file)).isFalse();
        assertThat(rejected(acme, job.id()))
                .contains("line,column,reason,id,email")
                .contains("3,email,This is not an e-mail address.,'=cmd|' /C calc'!A0,nobody");
    }

    @Test
    void aDryRunKeepsTheFileAndWritesNothing() throws Exception {
        Path file = file("id,email", "A1,ada@example.com");
        ImportJob job = finished(start(file, OPTIONS.asDryRun()));
        assertThat(job.counts().created()).isEqualTo(1);
        assertThat(data.count(acme, "customer")).isZero();
        assertThat(finished(start(file, OPTIONS)).counts()).isEqualTo(job.counts());
    }

    @Test
    void aFileOfWhichNoRowCouldBeUsedIsRefusedAtOnceAndStays() throws Exception {
        Path file = file("id,email", "A1,ada@example.com");
        TestTenants.asOwner(
                acme,
                () -> assertThatExceptionOfType(ImportRefused.class)
                        .isThrownBy(() -> jobs.start(
                                ImportKind.CUSTOMERS, file, ImportMapping.none().with(ImportField.CITY, 0), OPTIONS))
                        .withMessageContaining("customer id or the e-mail address")
                        .satisfies(e ->
                                assertThat(e.missing()).containsExactly(ImportField.EXTERNAL_ID, ImportField.EMAIL)));
        assertThat(file).exists();
        assertThat(data.count(acme, "import_job")).isZero();
    }

    @Test
    void aJobWhoseNodeStoppedIsInterruptedAndCanBeImportedAgain() throws Exception {
        jdbc.update(
                "INSERT INTO import_job (tenant_id, id, kind, state, source, dry_run, bytes_total, started_by,"
                        + " queued_at, beat_at) VALUES (?, 1, 'CUSTOMERS', 'RUNNING', 'people.csv', FALSE, 10, 'Ada',"
                        + " UTC_TIMESTAMP(6) - INTERVAL 1 HOUR, UTC_TIMESTAMP(6) - INTERVAL 1 HOUR)",
                acme.value());
        upkeep.beat();
        ImportJob job = TestTenants.asOwner(acme, () -> jobs.find(1)).orElseThrow();
        assertThat(job.state()).isEqualTo(ImportState.INTERRUPTED);
        assertThat(job.message()).contains("nothing is doubled");
        assertThat(TestTenants.asOwner(acme, home::tasks))
                .singleElement()
                .satisfies(task -> assertThat(task.href()).isEqualTo("customers/import?job=1"))
                .satisfies(task -> assertThat(task.text()).contains("people.csv"));
        assertThat(TestTenants.asOwner(tenants.fresh("Globex"), home::tasks)).isEmpty();
        Path file = file("id,email", "A1,ada@example.com");
        assertThat(finished(start(file, OPTIONS)).state()).isEqualTo(ImportState.DONE);
    }

    @Test
    void aPausedImportGoesOnWhereItWas() throws Exception {
        TenantId globex = tenants.fresh("Globex");
        long id = start(people(60_000), OPTIONS);
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> data.count(acme, "import_chunk") > 0);
        TestTenants.asOwner(globex, () -> assertThat(jobs.pause(id)).isFalse());
        assertThat(TestTenants.asOwner(acme, () -> jobs.pause(id))).isTrue();
        ImportJob paused = finished(id);
        assertThat(paused.state()).isEqualTo(ImportState.PAUSED);
        assertThat(data.count(acme, "customer"))
                .isEqualTo(paused.counts().created())
                .isLessThan(60_000);
        TestTenants.asOwner(globex, () -> {
            assertThat(jobs.hasFile(id)).isFalse();
            assertThat(jobs.resume(id)).isFalse();
            assertThat(jobs.cancel(id)).isFalse();
        });
        assertThat(TestTenants.asOwner(acme, () -> jobs.resume(id))).isTrue();
        ImportJob job = finished(id);
        assertThat(job.state()).isEqualTo(ImportState.DONE);
        assertThat(job.counts()).isEqualTo(new ImportCounts(60_000, 60_000, 0, 0, 0, 0));
        assertThat(data.count(acme, "customer")).isEqualTo(60_000);
        assertThat(TestTenants.asOwner(acme, () -> jobs.hasFile(id))).isFalse();
    }

    @Test
    void aCancelledImportKeepsNoFileAndDoesNotGoOn() throws Exception {
        long id = start(people(60_000), OPTIONS);
        assertThat(TestTenants.asOwner(acme, () -> jobs.cancel(id))).isTrue();
        assertThat(finished(id).state()).isEqualTo(ImportState.CANCELLED);
        TestTenants.asOwner(acme, () -> {
            assertThat(jobs.hasFile(id)).isFalse();
            assertThat(jobs.resume(id)).isFalse();
            assertThat(jobs.pause(id)).isFalse();
        });
    }

    private Path people(int rows) throws Exception {
        return file(java.util.stream.Stream.concat(
                        java.util.stream.Stream.of("id,email"),
                        java.util.stream.IntStream.range(0, rows).mapToObj(i -> "P" + i + ",p" + i + "@x.example"))
                .toArray(String[]::new));
    }

    @Test
    void anotherBusinessSeesNeitherTheJobNorItsRows() throws Exception {
        TenantId globex = tenants.fresh("Globex");
        ImportJob job = finished(start(file("id,email", "A1,nobody"), OPTIONS));
        TestTenants.asOwner(globex, () -> {
            assertThat(jobs.find(job.id())).isEmpty();
            assertThat(jobs.latest(10)).isEmpty();
        });
        assertThat(rejected(globex, job.id())).isEmpty();
        assertThat(rejected(acme, job.id())).isNotEmpty();
    }

    @Test
    void whatACheckLeftOutIsDeletedAfterADayAndWhatAnImportLeftOutIsKept() throws Exception {
        Path file = file("id,email", "A1,nobody");
        ImportJob check = finished(start(file, OPTIONS.asDryRun()));
        ImportJob real = finished(start(file, OPTIONS));
        upkeep.tidy();
        assertThat(rejected(acme, check.id())).isNotEmpty();
        jdbc.update(
                "UPDATE import_job SET finished_at = finished_at - INTERVAL 25 HOUR WHERE tenant_id = ?", acme.value());
        upkeep.tidy();
        assertThat(rejected(acme, check.id())).isEmpty();
        assertThat(rejected(acme, real.id())).contains("nobody");
    }

    @Test
    void onlyThoseWhoMayImportDo() throws Exception {
        Path file = file("id,email");
        TestTenants.as(
                acme,
                Role.ANALYST,
                () -> assertThatExceptionOfType(AccessDeniedException.class)
                        .isThrownBy(() -> jobs.start(ImportKind.CUSTOMERS, file, MAPPING, OPTIONS)));
    }

    @Test
    void anOldImportIsFoundBehindAnyNumberOfChecks() {
        TenantId globex = tenants.fresh("Globex");
        for (TenantId tenant : java.util.List.of(globex, acme)) {
            for (int i = 1; i <= 300; i++) {
                jdbc.update(
                        "INSERT INTO import_job (tenant_id, id, kind, state, source, dry_run, bytes_total, started_by, "
                                + "queued_at, beat_at) VALUES (?, ?, 'CUSTOMERS', 'DONE', ?, ?, 1, 'Ada', NOW(6), NOW(6))",
                        tenant.value(),
                        i,
                        "file " + i,
                        i != 1 && i != 2 && i != 299);
            }
        }
        TestTenants.asOwner(acme, () -> {
            assertThat(jobs.imports(0, 2)).extracting(ImportJob::id).containsExactly(299L, 2L);
            assertThat(jobs.imports(2, 2)).extracting(ImportJob::id).containsExactly(1L);
        });
    }

    private long start(Path file, ImportOptions options) {
        return TestTenants.asOwner(acme, () -> jobs.start(ImportKind.CUSTOMERS, file, MAPPING, options));
    }

    private ImportJob finished(long id) {
        return await().atMost(Duration.ofSeconds(30))
                .until(
                        () -> TestTenants.asOwner(acme, () -> jobs.find(id)).orElseThrow(),
                        job -> job.state().isOver() && !TestTenants.asOwner(acme, () -> jobs.isHere(id)));
    }

    private String rejected(TenantId tenant, long job) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        TestTenants.asOwner(tenant, () -> rejects.write(job, out));
        return out.toString(StandardCharsets.UTF_8);
    }

    private Path file(String... lines) throws Exception {
        return Files.writeString(Files.createTempFile(folder, "import", ".csv"), String.join("\n", lines) + "\n");
    }
}
