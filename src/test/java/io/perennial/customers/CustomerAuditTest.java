package io.perennial.customers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.perennial.accounts.AuditEntry;
import io.perennial.accounts.AuditQuery;
import io.perennial.accounts.AuditTrail;
import io.perennial.kernel.CustomerId;
import io.perennial.kernel.TenantId;
import io.perennial.support.IntegrationTest;
import io.perennial.support.TestTenants;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.domain.PageRequest;

/** What the audit log tells of topics, retention, merges and imports, and that it tells it to their business alone. */
@IntegrationTest
class CustomerAuditTest {

    private static final AuditQuery CUSTOMERS = new AuditQuery("customers", null, null, null, null);
    private static final ImportMapping PEOPLE =
            ImportMapping.none().with(ImportField.EXTERNAL_ID, 0).with(ImportField.EMAIL, 1);

    @Autowired
    Topics topics;

    @Autowired
    Retention retention;

    @Autowired
    CustomerMerges merges;

    @Autowired
    ImportJobs jobs;

    @Autowired
    ImportUndo undo;

    @Autowired
    ImportedData data;

    @Autowired
    AuditTrail trail;

    @Autowired
    TestTenants tenants;

    @TempDir
    Path folder;

    private TenantId acme;
    private TenantId globex;

    @BeforeEach
    void twoBusinesses() {
        acme = tenants.fresh("Acme");
        globex = tenants.fresh("Globex");
    }

    @Test
    void changesOfTopicsAndRetentionAreWrittenDownWithWhatWasBefore() {
        TestTenants.asOwner(acme, () -> {
            ConsentTopic events = topics.make("Events", null);
            topics.rename(events.code(), "Events and tastings", "Now and then");
            topics.rename(events.code(), "Events and tastings", "Now and then");
            topics.archive(events.code(), true);
            topics.archive(events.code(), false);
            retention.set(RetentionKind.MAILS, 24);
            retention.set(RetentionKind.MAILS, 24);
            retention.set(RetentionKind.MAILS, null);
        });
        assertThat(entries(acme))
                .extracting(AuditEntry::deed, AuditEntry::subjectName, CustomerAuditTest::changes)
                .containsExactly(
                        tuple("customers.deed.retention_changed", name(), List.of("24 → null")),
                        tuple("customers.deed.retention_changed", name(), List.of("null → 24")),
                        tuple("customers.deed.topic_restored", "Events and tastings", List.of()),
                        tuple("customers.deed.topic_archived", "Events and tastings", List.of()),
                        tuple(
                                "customers.deed.topic_changed",
                                "Events and tastings",
                                List.of("Events → Events and tastings", "null → Now and then")),
                        tuple("customers.deed.topic_made", "Events", List.of()));
        assertThat(entries(globex)).isEmpty();
    }

    @Test
    void importsMergesAndTheirUndoingAreWrittenDown() throws Exception {
        long job = people("A1,ada@x.example", "B1,bob@x.example");
        CustomerId ada = data.id(acme, "A1");
        CustomerId bob = data.id(acme, "B1");
        CustomerMerge merge = TestTenants.asOwner(acme, () -> merges.merge(ada, bob, Set.of(), Set.of()));
        TestTenants.asOwner(acme, () -> merges.undo(merge.id()));
        TestTenants.asOwner(acme, () -> undo.undo(job));
        assertThat(entries(acme))
                .extracting(AuditEntry::deed, AuditEntry::subjectName)
                .containsExactly(
                        tuple("customers.deed.import_undone", "people.csv"),
                        tuple("customers.deed.merge_undone", null),
                        tuple("customers.deed.merged", null),
                        tuple("customers.deed.import_started", "people.csv"));
        assertThat(entries(globex)).isEmpty();
    }

    private long people(String... lines) throws Exception {
        Path file = folder.resolve("people.csv");
        Files.writeString(file, "id,email\n" + String.join("\n", lines) + "\n");
        long job = TestTenants.asOwner(
                acme,
                () -> jobs.start(
                        ImportKind.CUSTOMERS, file, PEOPLE, ImportOptions.of("people.csv", CsvFormat.STANDARD)));
        await().atMost(Duration.ofSeconds(30))
                .until(() -> TestTenants.asOwner(acme, () -> jobs.find(job))
                        .filter(now -> now.state().isOver() && !TestTenants.asOwner(acme, () -> jobs.isHere(job)))
                        .isPresent());
        return job;
    }

    private List<AuditEntry> entries(TenantId tenant) {
        return TestTenants.asOwner(tenant, () -> trail.page(CUSTOMERS, PageRequest.ofSize(50)));
    }

    private static List<String> changes(AuditEntry entry) {
        return entry.changes().stream()
                .map(change -> change.before() + " → " + change.after())
                .toList();
    }

    private static String name() {
        return io.perennial.uikit.Texts.t("privacy.retention.mails");
    }
}
