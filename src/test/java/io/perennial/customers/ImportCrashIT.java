package io.perennial.customers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.perennial.kernel.TenantId;
import io.perennial.support.ChildProcess;
import io.perennial.support.IntegrationTest;
import io.perennial.support.TestDatabase;
import io.perennial.support.TestTenants;
import io.perennial.tenancy.TenantSql;
import java.io.BufferedWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

/** An import whose node is killed goes on, here or on another node, and comes to what one comes to that was not. */
@IntegrationTest
@TenantSql("Waits for a child's chunks, and lets its beat be long ago.")
class ImportCrashIT {

    private static final int ROWS = 60_000;
    private static final ImportMapping MAPPING = ImportMapping.none()
            .with(ImportField.EXTERNAL_ID, 0)
            .with(ImportField.EMAIL, 1)
            .with(ImportField.FIRST_NAME, 2)
            .with(ImportField.CONSENT, 3);

    @Autowired
    ImportJobs jobs;

    @Autowired
    ImportRejects rejects;

    @Autowired
    ImportUpkeep upkeep;

    @Autowired
    ShopRows rows;

    @Autowired
    TestTenants tenants;

    @Autowired
    JdbcTemplate jdbc;

    @TempDir
    Path folder;

    @Test
    void noRowIsDoubledOrLost() throws Exception {
        TenantId whole = tenants.fresh("Whole");
        TenantId killed = tenants.fresh("Killed");
        Path copy = file();
        ImportJob uninterrupted = finished(
                whole,
                TestTenants.asOwner(
                        whole,
                        () -> jobs.start(
                                ImportKind.CUSTOMERS,
                                file(),
                                MAPPING,
                                ImportOptions.of("file.csv", CsvFormat.STANDARD))));

        try (ChildProcess child = child(killed, file())) {
            child.await(
                    await().atMost(Duration.ofMinutes(2)).pollInterval(Duration.ofMillis(20)),
                    () -> chunks(killed) >= 2);
        }
        long written = chunks(killed);
        assertThat(written).isBetween(2L, 11L);
        jdbc.update("UPDATE import_job SET beat_at = beat_at - INTERVAL 1 HOUR WHERE tenant_id = ?", killed.value());
        upkeep.beat();
        long id = TestTenants.asOwner(killed, () -> jobs.latest(1)).getFirst().id();
        TestTenants.asOwner(killed, () -> {
            assertThat(jobs.find(id).orElseThrow().state()).isEqualTo(ImportState.INTERRUPTED);
            assertThat(jobs.hasFile(id))
                    .as("the child's own folder is not ours")
                    .isFalse();
            assertThat(jobs.resume(id)).isFalse();
        });
        Path other = Files.writeString(folder.resolve("other.csv"), "x".repeat((int) Files.size(copy)));
        TestTenants.asOwner(
                killed,
                () -> assertThatExceptionOfType(ImportRefused.class).isThrownBy(() -> jobs.resumeWith(id, other)));
        assertThat(TestTenants.asOwner(killed, () -> jobs.resumeWith(id, copy))).isTrue();

        ImportJob job = finished(killed, id);
        assertThat(job.state()).isEqualTo(ImportState.DONE);
        assertThat(job.counts()).isEqualTo(uninterrupted.counts());
        assertThat(job.counts().rejected()).isGreaterThan(100);
        assertThat(rejected(killed, id)).isEqualTo(rejected(whole, uninterrupted.id()));
        assertThat(rows.of(killed)).isEqualTo(rows.of(whole));
    }

    private ChildProcess child(TenantId tenant, Path file) {
        return ChildProcess.of(ImportChild.class.getName())
                .with(TestDatabase.properties())
                .with(List.of(
                        "perennial.data-folder=" + folder.resolve("child"),
                        "child.tenant=" + tenant.value(),
                        "child.kind=CUSTOMERS",
                        "child.file=" + file,
                        "child.settings="
                                + new ImportSettings(MAPPING, ImportOptions.of("file.csv", CsvFormat.STANDARD))
                                        .toJson()))
                .start();
    }

    private long chunks(TenantId tenant) {
        Long chunks = jdbc.queryForObject(
                "SELECT COUNT(*) FROM import_chunk WHERE tenant_id = ?", Long.class, tenant.value());
        return chunks == null ? 0 : chunks;
    }

    /** Some rows are bad and some name somebody a second time, often far below. */
    private Path file() {
        try {
            Path file = Files.createTempFile(folder, "import", ".csv");
            try (BufferedWriter out = Files.newBufferedWriter(file)) {
                out.write("id,email,first,newsletter\n");
                for (int i = 1; i <= ROWS; i++) {
                    String who = Integer.toString(i % 1000 == 0 ? i / 2 + 1 : i);
                    out.write("C%s,%s,Žofie %s,%s%n"
                            .formatted(
                                    who,
                                    i % 700 == 0 && i % 1000 != 0 ? "nobody" : "p" + who + "@x.example",
                                    who,
                                    i % 3 == 0 ? "yes" : ""));
                }
            }
            return file;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private String rejected(TenantId tenant, long job) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        TestTenants.asOwner(tenant, () -> rejects.write(job, out));
        return out.toString(StandardCharsets.UTF_8);
    }

    private ImportJob finished(TenantId tenant, long id) {
        return await().atMost(Duration.ofMinutes(2))
                .until(
                        () -> TestTenants.asOwner(tenant, () -> jobs.find(id)).orElseThrow(),
                        job -> job.state().isOver() && !TestTenants.asOwner(tenant, () -> jobs.isHere(id)));
    }
}
