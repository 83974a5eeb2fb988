package io.perennial.customers.bulk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.perennial.accounts.Role;
import io.perennial.customers.CsvFormat;
import io.perennial.customers.CustomerLists;
import io.perennial.customers.Erasures;
import io.perennial.customers.ImportField;
import io.perennial.customers.ImportJobs;
import io.perennial.customers.ImportKind;
import io.perennial.customers.ImportMapping;
import io.perennial.customers.ImportOptions;
import io.perennial.customers.ImportSelection;
import io.perennial.customers.ImportSelection.Which;
import io.perennial.customers.ImportUndo;
import io.perennial.customers.ImportedData;
import io.perennial.kernel.TenantId;
import io.perennial.support.IntegrationTest;
import io.perennial.support.TestTenants;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.security.access.AccessDeniedException;

/** After an import: a list of its customers, kept by hand from then on. */
@IntegrationTest
class ImportListsTest {

    private static final ImportMapping PEOPLE = ImportMapping.none()
            .with(ImportField.EXTERNAL_ID, 0)
            .with(ImportField.EMAIL, 1)
            .with(ImportField.CITY, 2);
    private static final ImportMapping ORDERS = ImportMapping.none()
            .with(ImportField.ORDER_ID, 0)
            .with(ImportField.ORDERED_AT, 1)
            .with(ImportField.EXTERNAL_ID, 2)
            .with(ImportField.AMOUNT, 3);

    @Autowired
    BulkJobs bulk;

    @Autowired
    CustomerLists lists;

    @Autowired
    ImportJobs imports;

    @Autowired
    ImportUndo undo;

    @Autowired
    Erasures erasures;

    @Autowired
    TestTenants tenants;

    @Autowired
    ImportedData data;

    @TempDir
    Path folder;

    private TenantId acme;
    private TenantId globex;

    @BeforeEach
    void twoBusinessesWithTheSameCustomers() throws Exception {
        acme = tenants.fresh("Acme");
        globex = tenants.fresh("Globex");
        for (TenantId tenant : List.of(acme, globex)) {
            people(tenant, "A,a@x.example,Brno", "B,b@x.example,Brno", "C,c@x.example,Brno");
        }
    }

    @Test
    void theFilesCustomersTheNewOnesAndTheChangedOnesEachMakeAList() throws Exception {
        String others = data.checksum(globex);
        long job = people(
                acme, "A,a@x.example,Brno", "B,b@x.example,Praha", "N,n@x.example,Praha", "M,m@x.example,", "X,no,");
        assertThat(listOf(acme, job, Which.ALL)).containsExactlyInAnyOrder("A", "B", "N", "M");
        assertThat(listOf(acme, job, Which.NEW)).containsExactlyInAnyOrder("N", "M");
        assertThat(listOf(acme, job, Which.UPDATED)).containsExactly("B");
        assertThat(data.checksum(globex)).isEqualTo(others);
        assertThat(data.count(globex, "segment_listed")).isZero();
    }

    @Test
    void anImportOfOrdersListsWhoseTheyAre() throws Exception {
        long job = orders(acme, "O1,2026-01-02,A,10", "O2,2026-01-02,B,10", "O3,2026-01-03,A,10", "O4,2026-01-03,N,10");
        assertThat(listOf(acme, job, Which.ALL)).containsExactlyInAnyOrder("A", "B", "N");
        assertThat(listOf(acme, job, Which.NEW)).containsExactly("N");
        assertThat(listOf(acme, job, Which.UPDATED)).containsExactlyInAnyOrder("A", "B");
        long replacing = orders(acme, "O2,2026-01-02,B,99", "O1,2026-01-02,A,10");
        assertThat(listOf(acme, replacing, Which.ALL))
                .as("whose orders changed")
                .containsExactly("B");
    }

    @Test
    void undoingTheImportTakesThoseItMadeOffTheListAndNobodyElse() throws Exception {
        long job = people(acme, "A,a@x.example,Praha", "N,n@x.example,Praha", "M,m@x.example,Praha");
        TestTenants.asOwner(acme, () -> erasures.erase(data.id(acme, "M"), "m@x.example"));
        assertThat(listOf(acme, job, Which.ALL))
                .as("who was erased is nobody's")
                .containsExactlyInAnyOrder("A", "N");
        TestTenants.asOwner(acme, () -> {
            assertThat(bulk.knowsCustomersOf(job)).isTrue();
            undo.undo(job);
            await().pollInSameThread()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> undo.find(job).orElseThrow().state().isOver());
            assertThat(bulk.knowsCustomersOf(job)).isFalse();
            CustomerLists.Named list = lists.make("Late");
            BulkAction.AddToList late = new BulkAction.AddToList(list.id(), list.name());
            assertThatExceptionOfType(NoSuchElementException.class)
                    .isThrownBy(() -> bulk.startOnList(late, new ImportSelection(job, Which.ALL)));
        });
        assertThat(data.listed(acme)).containsExactly("A");
    }

    @Test
    void anImportOfMoreThanAChunkIsWalkedAPieceAtATime() throws Exception {
        int many = 6_200;
        long job = people(
                acme,
                IntStream.range(0, many)
                        .mapToObj(i -> "P" + i + ",p" + i + "@x.example,")
                        .toArray(String[]::new));
        assertThat(listOf(acme, job, Which.NEW)).hasSize(many);
        BulkJob last = TestTenants.asOwner(acme, () -> bulk.latest(1).getFirst());
        assertThat(List.of(last.total(), last.done(), last.changed())).containsOnly((long) many);
    }

    @Test
    void onlyOnesOwnImportsAndOnlyWhoMay() throws Exception {
        long job = people(acme, "A,a@x.example,Praha", "N,n@x.example,Praha");
        TestTenants.asOwner(globex, () -> {
            CustomerLists.Named list = lists.make("Stolen");
            assertThat(bulk.knowsCustomersOf(job)).isFalse();
            assertThatExceptionOfType(NoSuchElementException.class)
                    .isThrownBy(() -> bulk.startOnList(
                            new BulkAction.AddToList(list.id(), list.name()), new ImportSelection(job, Which.ALL)));
        });
        assertThat(data.count(globex, "segment_listed")).isZero();
        TestTenants.as(
                acme,
                Role.SUPPORT,
                () -> assertThatExceptionOfType(AccessDeniedException.class)
                        .isThrownBy(() -> bulk.startOnList(
                                new BulkAction.AddToList(1, "x"), new ImportSelection(job, Which.ALL))));
    }

    private List<String> listOf(TenantId tenant, long job, Which which) {
        TestTenants.asOwner(tenant, () -> {
            CustomerLists.Named list = lists.make("List " + which);
            long begun =
                    bulk.startOnList(new BulkAction.AddToList(list.id(), list.name()), new ImportSelection(job, which));
            await().pollInSameThread()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> bulk.find(begun).orElseThrow().state().isOver());
            assertThat(bulk.find(begun).orElseThrow().state()).isEqualTo(BulkState.DONE);
            return list.id();
        });
        return data.latestList(tenant);
    }

    private long people(TenantId tenant, String... rows) throws Exception {
        return done(tenant, ImportKind.CUSTOMERS, PEOPLE, "id,email,city", rows);
    }

    private long orders(TenantId tenant, String... rows) throws Exception {
        return done(tenant, ImportKind.ORDERS, ORDERS, "order,date,id,amount", rows);
    }

    private long done(TenantId tenant, ImportKind kind, ImportMapping mapping, String header, String... rows)
            throws Exception {
        Path file = Files.createTempFile(folder, "rows", ".csv");
        Files.writeString(file, header + "\n" + String.join("\n", rows) + "\n");
        ImportOptions options = ImportOptions.of("rows.csv", CsvFormat.STANDARD).creatingMissingCustomers();
        return TestTenants.asOwner(tenant, () -> {
            long job = imports.start(kind, file, mapping, options);
            await().pollInSameThread()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> imports.find(job).orElseThrow().finishedAt() != null);
            return job;
        });
    }
}
