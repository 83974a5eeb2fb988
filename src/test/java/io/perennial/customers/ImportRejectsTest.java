package io.perennial.customers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.perennial.customers.imports.RowReader;
import io.perennial.kernel.TenantId;
import io.perennial.support.IntegrationTest;
import io.perennial.support.TestTenants;
import io.perennial.tenancy.TenantSql;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

@IntegrationTest
@TenantSql("Tests make rows as an earlier version left them.")
class ImportRejectsTest {

    private static final RejectReason NO_EMAIL = new RejectReason("no_email", 1);
    private static final RejectReason NO_DAY = new RejectReason("no_date", 2);
    private static final RejectReason NO_KEY = new RejectReason("no_key", 0);

    @Autowired
    ImportJobs jobs;

    @Autowired
    ImportRejects rejects;

    @Autowired
    TestTenants tenants;

    @Autowired
    JdbcTemplate jdbc;

    @TempDir
    Path folder;

    private TenantId acme;
    private TenantId globex;

    @BeforeEach
    void freshBusinesses() {
        acme = tenants.fresh("Acme");
        globex = tenants.fresh("Globex");
    }

    @Test
    void allOfThemAreFoundPageByPageAndByReasonWhateverChunkTheyAreOf() {
        long job = imported(acme, 23_000);
        assertThat(asAcme(() -> rejects.reasons(job)))
                .extracting(RejectCount::why, RejectCount::columnName, RejectCount::rows)
                .containsExactly(
                        tuple(NO_EMAIL, "email", 2_300L),
                        tuple(NO_DAY, "birthday", 230L),
                        tuple(NO_KEY, "customer id", 23L));

        List<Long> lines = new ArrayList<>();
        for (int from = 0; from < 2_600; from += 100) {
            int offset = from;
            asAcme(() -> rejects.rows(job, Optional.empty(), offset, 100)).forEach(row -> lines.add(row.line()));
        }
        assertThat(lines).hasSize(2_553).isSorted().doesNotHaveDuplicates().endsWith(23_000L, 23_001L);

        assertThat(asAcme(() -> rejects.rows(job, Optional.of(NO_KEY), 20, 50)))
                .extracting(RejectedRow::line, RejectedRow::column, RejectedRow::why)
                .containsExactly(
                        tuple(21_001L, "customer id", NO_KEY),
                        tuple(22_001L, "customer id", NO_KEY),
                        tuple(23_001L, "customer id", NO_KEY));
        assertThat(asAcme(() -> rejects.rows(job, Optional.of(NO_DAY), 229, 50)))
                .singleElement()
                .satisfies(row -> {
                    assertThat(row.line()).isEqualTo(22_951);
                    assertThat(row.cells()).containsExactly("C22950", "c22950@large.example", "some day");
                });
        assertThat(asAcme(() -> rejects.rows(job, Optional.of(NO_EMAIL), 2_300, 50)))
                .isEmpty();
        assertThat(asAcme(() -> rejects.rows(job, Optional.of(new RejectReason("no_email", 0)), 0, 50)))
                .isEmpty();
    }

    @Test
    void anotherBusinessSeesNoneOfThem() {
        long job = imported(acme, 200);
        TestTenants.asOwner(globex, () -> {
            assertThat(rejects.reasons(job)).isEmpty();
            assertThat(rejects.rows(job, Optional.empty(), 0, 50)).isEmpty();
            assertThat(written(job)).isEmpty();
        });
        assertThat(asAcme(() -> rejects.rows(job, Optional.empty(), 0, 50))).hasSize(22);
    }

    @Test
    void rowsThatAnEarlierVersionLeftOutAreReadWithoutTheirReasons() {
        long job = imported(acme, 12_000);
        List<RejectedRow> all = asAcme(() -> rejects.rows(job, Optional.empty(), 1_100, 50));
        jdbc.update("DELETE FROM import_reject_reason WHERE tenant_id = ? AND job_id = ?", acme.value(), job);
        jdbc.update("UPDATE import_rejected SET reasons = NULL WHERE tenant_id = ? AND job_id = ?", acme.value(), job);
        assertThat(asAcme(() -> rejects.reasons(job))).isEmpty();
        assertThat(asAcme(() -> rejects.rows(job, Optional.empty(), 1_100, 50)))
                .extracting(RejectedRow::line, RejectedRow::reason)
                .containsExactlyElementsOf(
                        all.stream().map(row -> tuple(row.line(), row.reason())).toList());
    }

    @Test
    void whatIsErasedFromThemIsNeitherCountedNorConfusesTheOthers() {
        RejectedPiece.Maker maker = new RejectedPiece.Maker();
        for (int i = 0; i < 5; i++) {
            RejectReason why = i % 2 == 0 ? NO_EMAIL : NO_KEY;
            maker.counts(new RejectedRow(i + 2, "email", "", why, List.of()));
        }
        byte[] left = RejectedPiece.without(maker.end().places(), List.of(0, 3));
        assertThat(List.of(
                        RejectedPiece.place(left, 0),
                        RejectedPiece.place(left, 1),
                        RejectedPiece.place(left, 2),
                        RejectedPiece.place(left, 3)))
                .containsExactly(1, 0, 0, -1);
    }

    /** It has columns of its own before those of the file: read again, or when somebody is erased from it, none may be cut off. */
    @Test
    void aRowAsWideAsAFileMayBeIsReadAgainWhole() {
        List<String> ana = new ArrayList<>(Collections.nCopies(RowReader.MAX_COLUMNS - 1, "of Ana"));
        ana.addFirst("Ana");
        List<String> bob = new ArrayList<>(Collections.nCopies(RowReader.MAX_COLUMNS - 1, "of Bob"));
        bob.addFirst("Bob");
        RejectedPiece piece = new RejectedFile(CsvFormat.STANDARD, 1, 0)
                .pieces(List.of(
                        new RejectedRow(7, "email", "wrong", NO_EMAIL, ana),
                        new RejectedRow(8, "email", "wrong", NO_EMAIL, bob)))
                .getFirst();
        CsvFormat.Separator comma = CsvFormat.STANDARD.separator();
        RejectedFile.Kept left = RejectedFile.without(
                piece.content(), comma, false, cells -> cells.getFirst().equals("Ana"));
        assertThat(RejectedFile.read(left.content(), comma, false, piece.places(), List.of(NO_EMAIL)))
                .singleElement()
                .satisfies(row -> {
                    assertThat(row.line()).isEqualTo(8);
                    assertThat(row.cells()).isEqualTo(bob);
                });
    }

    @Test
    void eachReasonHasWordsForAllItsRows() {
        ResourceBundle words = ResourceBundle.getBundle("i18n.customers");
        String prefix = "customers.reject.";
        List<String> keys =
                words.keySet().stream().filter(key -> key.startsWith(prefix)).toList();
        assertThat(keys).hasSizeGreaterThan(50).allSatisfy(key -> {
            RejectReason why = new RejectReason(key.substring(prefix.length()), 3);
            assertThat(why.words()).doesNotContain("{").isNotEqualTo(words.getString("customers.rejects.other"));
            assertThat(RejectReason.read(why.written())).contains(why);
        });
        assertThat(RejectReason.OF_ONE_ROW)
                .allSatisfy(key ->
                        assertThat(words.containsKey(prefix + key)).as(key).isTrue());
        assertThat(RejectReason.read("no_email.row")).contains(new RejectReason("no_email", RejectReason.WHOLE_ROW));
        assertThat(RejectReason.read("no_email")).isEmpty();
        assertThat(RejectReason.read("' OR 1=1.2")).isEmpty();
    }

    /** One row of ten has no address that can be, one of a hundred no such day, one of a thousand names nobody. */
    private long imported(TenantId tenant, int rows) {
        StringBuilder text = new StringBuilder("customer id,email,birthday\n");
        for (int i = 1; i <= rows; i++) {
            String row = "C%d,c%d@large.example,1980-01-02\n".formatted(i, i);
            if (i % 1_000 == 0) {
                row = ",,1980-01-02\n";
            } else if (i % 100 == 50) {
                row = row.replace("1980-01-02", "some day");
            } else if (i % 10 == 9) {
                row = row.replace('@', '#');
            }
            text.append(row);
        }
        Path file = folder.resolve("large.csv");
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return TestTenants.asOwner(tenant, () -> {
            long id = jobs.start(
                    ImportKind.CUSTOMERS,
                    file,
                    ImportMapping.guess(ImportKind.CUSTOMERS, List.of("customer id", "email", "birthday")),
                    ImportOptions.of("large.csv", CsvFormat.STANDARD));
            Awaitility.await()
                    .pollInSameThread()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> jobs.find(id).orElseThrow().finishedAt() != null);
            assertThat(jobs.find(id).orElseThrow().state()).isEqualTo(ImportState.DONE);
            return id;
        });
    }

    private String written(long job) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        rejects.write(job, out);
        return out.toString(StandardCharsets.UTF_8);
    }

    private <T> T asAcme(Supplier<T> work) {
        return TestTenants.asOwner(acme, work);
    }
}
