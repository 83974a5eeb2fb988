package io.perennial.customers;

import static io.perennial.customers.ImportedData.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.perennial.accounts.Role;
import io.perennial.customers.records.CustomerRecords;
import io.perennial.delivery.Outbox;
import io.perennial.delivery.RunId;
import io.perennial.delivery.RunSpec;
import io.perennial.kernel.CustomerId;
import io.perennial.kernel.EmailAddress;
import io.perennial.kernel.TenantId;
import io.perennial.promotions.Shop;
import io.perennial.segments.Rule;
import io.perennial.segments.Rules;
import io.perennial.segments.Segments;
import io.perennial.support.IntegrationTest;
import io.perennial.support.TestTenants;
import io.perennial.tenancy.SqlFragment;
import io.perennial.tenancy.TenantSql;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.security.access.AccessDeniedException;

/** Case 28 of the delivery cases: somebody is erased everywhere, and does not come back. */
@IntegrationTest
@TenantSql("Looks for one person's data in every table of a tenant.")
class ErasureTest {

    private static final String EMAIL = "zdenka.kvapilova@erase-me.example";
    private static final List<String> TELLING =
            List.of(EMAIL, "zdenka.kvapilova%40erase-me", "Kvapilova-Jedinečná", "777123987", "EXT-99812");
    private static final ImportMapping MAPPING = ImportMapping.none()
            .with(ImportField.EXTERNAL_ID, 0)
            .with(ImportField.EMAIL, 1)
            .with(ImportField.FIRST_NAME, 2)
            .with(ImportField.LAST_NAME, 3)
            .with(ImportField.PHONE, 4)
            .with(ImportField.BIRTHDAY, 5)
            .with(ImportField.CONSENT, 6)
            .with(ImportField.TAGS, 7);
    private static final ImportMapping ORDERS = ImportMapping.none()
            .with(ImportField.ORDER_ID, 0)
            .with(ImportField.ORDERED_AT, 1)
            .with(ImportField.EMAIL, 2)
            .with(ImportField.AMOUNT, 3)
            .with(ImportField.PRODUCT, 4);
    private static final ImportOptions OPTIONS = ImportOptions.of("people.csv", CsvFormat.STANDARD);
    private static final String HEADER = "id,email,first,last,phone,birthday,newsletter,tags";
    private static final String ROW =
            "EXT-99812," + EMAIL + ",Zdenka,Kvapilova-Jedinečná,+420 777123987,1980-02-29,yes,of EXT-99812";

    @Autowired
    Erasures erasures;

    @Autowired
    ErasureUpkeep upkeep;

    @Autowired
    PersonExport export;

    @Autowired
    PersonalTables tables;

    @Autowired
    CustomerImports imports;

    @Autowired
    ImportJobs jobs;

    @Autowired
    ImportRejects rejects;

    @Autowired
    Customers customers;

    @Autowired
    CustomerRecords records;

    @Autowired
    Suppressions suppressions;

    @Autowired
    ConsentService consents;

    @Autowired
    Segments segments;

    @Autowired
    Rules rules;

    @Autowired
    Outbox outbox;

    @Autowired
    TestTenants tenants;

    @Autowired
    Shop shop;

    @Autowired
    ImportedData data;

    @Autowired
    JdbcTemplate jdbc;

    @TempDir
    Path folder;

    private TenantId acme;
    private TenantId globex;
    private CustomerId zdenka;

    /** The same person is a customer of both, with all that can be known about her. */
    @BeforeEach
    void aPersonInTwoBusinesses() throws Exception {
        acme = shop.open("Acme");
        globex = shop.open("Globex");
        fill(globex);
        fill(acme);
        zdenka = data.id(acme, "EXT-99812");
    }

    private void fill(TenantId tenant) throws Exception {
        Path file = folder.resolve("people-" + tenant + ".csv");
        Files.writeString(
                file,
                String.join(
                        "\n",
                        HEADER,
                        ROW,
                        "A2,ada@example.com,Ada,Novak,,,,",
                        "A3," + EMAIL + ",Zdenka,Kvapilova-Jedinečná,,,,",
                        "A4,nobody,Zdenka,Kvapilova-Jedinečná,,,,",
                        "A5,nobody,Eve,Somebody,,,,",
                        ""));
        TestTenants.asOwner(tenant, () -> {
            long job = jobs.start(ImportKind.CUSTOMERS, file, MAPPING, OPTIONS);
            Awaitility.await()
                    .pollInSameThread()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> jobs.find(job).orElseThrow().finishedAt() != null);
            imports.importOrders(
                    text("order,date,email,amount,product", "O-1,2026-01-02," + EMAIL + ",120,Coffee"),
                    ORDERS,
                    OPTIONS);
            CustomerId id = data.id(tenant, "EXT-99812");
            consents.withdraw(id, "news", new Evidence("call from 777123987", "She said: I am " + EMAIL));
            suppressions.suppress(new EmailAddress(EMAIL), SuppressionReason.COMPLAINED, "Complaint of " + EMAIL);
            RunId run = outbox.open(
                    new RunSpec("test", 1, "Spring", "Acme", new EmailAddress("shop@shop.example"), null, null));
            outbox.enqueue(
                    run, SqlFragment.of("SELECT c.id, c.email FROM customer c WHERE c.tenant_id = ?", tenant.value()));
            jdbc.update(
                    "UPDATE message SET detail = ? WHERE tenant_id = ? AND customer_id = ?",
                    "550 5.1.1 <" + EMAIL + "> unknown",
                    tenant.value(),
                    id.value());
            jdbc.update(
                    "INSERT INTO message_event (tenant_id, id, message_id, run_id, customer_id, kind, verdict, at, "
                            + "user_agent) SELECT tenant_id, id, id, run_id, customer_id, 'OPEN', 'HUMAN', "
                            + "UTC_TIMESTAMP(6), 'Phone of EXT-99812' FROM message WHERE tenant_id = ? AND customer_id = ?",
                    tenant.value(),
                    id.value());
            jdbc.update(
                    "INSERT INTO run_link (tenant_id, run_id, link, url) VALUES (?, ?, 1, ?)",
                    tenant.value(),
                    run.value(),
                    "https://shop.example/?who=zdenka.kvapilova%40erase-me.example");
            jdbc.update(
                    "UPDATE delivery_run SET state_reason = ? WHERE tenant_id = ? AND id = ?",
                    "550 5.7.1 <" + EMAIL + "> refused",
                    tenant.value(),
                    run.value());
        });
    }

    @Test
    void nothingThatTellsWhoItWasIsLeftInAnyTableOfTheBusinessAndTheOtherIsUntouched() {
        Set<String> before = tablesThatTell(acme);
        assertThat(before)
                .contains(
                        "customer.email",
                        "customer.phone",
                        "customer_tag.tag",
                        "consent_change.wording",
                        "suppression.evidence",
                        "import_rejected.content",
                        "message.email",
                        "message.detail",
                        "message_event.user_agent",
                        "run_link.url",
                        "delivery_run.state_reason");
        Set<String> others = tablesThatTell(globex);
        String checksum = data.checksum(globex);
        Erasure erasure = TestTenants.asOwner(acme, () -> erasures.erase(zdenka, " " + EMAIL.toUpperCase(Locale.ROOT)));

        assertThat(tablesThatTell(acme)).isEmpty();
        assertThat(tablesThatTell(globex)).isEqualTo(others);
        assertThat(data.checksum(globex)).isEqualTo(checksum);
        assertThat(erasure.rows())
                .containsEntry("customer", 1L)
                .containsEntry("message", 1L)
                .containsEntry("import_rejected", 2L)
                .containsEntry("customer_order", 1L);
        // The others' rejected rows are still there, and so is what the business earned.
        assertThat(data.rows(acme, "import_rejected").toString()).isNotEmpty();
        assertThat(new String(
                        (byte[]) data.rows(acme, "import_rejected").getFirst().get("content"), StandardCharsets.UTF_8))
                .contains("A5,nobody,Eve");
        data.rows(acme, "import_rejected").forEach(piece -> {
            int left = ((byte[]) piece.get("reasons")).length / 2;
            assertThat(data.rows(acme, "import_reject_reason").stream()
                            .filter(reason -> reason.get("job_id").equals(piece.get("job_id")))
                            .mapToInt(reason -> (int) reason.get("row_count"))
                            .sum())
                    .isEqualTo(left);
        });
        assertThat(data.count(acme, "customer_order")).isEqualTo(1);
        TestTenants.asOwner(acme, () -> {
            assertThat(customers.find(zdenka)).isEmpty();
            assertThat(rules.count(new Rule.Group(Rule.Match.ALL, List.of()))).isEqualTo(1);
            assertThat(erasures.list(0, 10)).singleElement().satisfies(proof -> {
                assertThat(proof.by()).isEqualTo("OWNER");
                assertThat(proof.rows()).isEqualTo(erasure.rows());
            });
            assertThat(erasures.erasedAt(EMAIL)).isPresent();
            assertThat(erasures.erasedAt("EXT-99812")).isPresent();
            assertThat(erasures.erasedAt("ada@example.com")).isEmpty();
        });
        TestTenants.asOwner(globex, () -> {
            assertThat(erasures.list(0, 10)).isEmpty();
            assertThat(erasures.erasedAt(EMAIL)).isEmpty();
            assertThat(records.findByEmail(EMAIL)).isPresent();
        });
    }

    @Test
    void noFileBringsThemBackAndNoRejectedRowKeepsThem() throws Exception {
        TestTenants.asOwner(acme, () -> erasures.erase(zdenka, EMAIL));
        Path file = folder.resolve("again.csv");
        Files.writeString(
                file,
                String.join(
                        "\n",
                        HEADER,
                        ROW,
                        "EXT-99812,other@example.com,,,,,,",
                        "B1," + EMAIL.toUpperCase(Locale.ROOT) + ",Zdenka,,,not a day,,",
                        "B2,new@example.com,,,,,,",
                        ""));
        ImportJob job = TestTenants.asOwner(acme, () -> {
            long id = jobs.start(ImportKind.CUSTOMERS, file, MAPPING, OPTIONS);
            Awaitility.await()
                    .pollInSameThread()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> jobs.find(id).orElseThrow().finishedAt() != null);
            return jobs.find(id).orElseThrow();
        });
        assertThat(job.counts()).isEqualTo(new ImportCounts(4, 1, 0, 0, 3, 0));
        assertThat(TestTenants.asOwner(acme, () -> rejects.rows(job.id(), Optional.empty(), 0, 10)))
                .hasSize(3)
                .allSatisfy(row -> {
                    assertThat(row.reason()).contains("asked to be erased");
                    assertThat(row.cells()).isEmpty();
                });
        ImportResult orders = TestTenants.asOwner(
                acme,
                () -> imports.importOrders(
                        text("order,date,email,amount,product", "O-1,2026-01-02," + EMAIL + ",120,Coffee"),
                        ORDERS,
                        OPTIONS.creatingMissingCustomers()));
        assertThat(orders.counts().rejected()).isEqualTo(1);
        assertThat(tablesThatTell(acme)).isEmpty();
        // By hand neither.
        TestTenants.asOwner(acme, () -> {
            Customer ada = records.findByEmail("ada@example.com").orElseThrow().customer();
            assertThatExceptionOfType(ErasedPersonException.class)
                    .isThrownBy(() -> customers.save(new Customer(
                            ada.id(),
                            null,
                            EMAIL,
                            null,
                            null,
                            null,
                            null,
                            null,
                            null,
                            null,
                            null,
                            null,
                            ada.createdAt())));
        });
        // The other business may import her as before.
        assertThat(TestTenants.asOwner(globex, () -> imports.importCustomers(text(HEADER, ROW), MAPPING, OPTIONS))
                        .counts()
                        .rejected())
                .isZero();
    }

    @Test
    void whatWasWrittenAboutThemAfterwardsGoesWithTheNextSweep() {
        TestTenants.asOwner(acme, () -> erasures.erase(zdenka, EMAIL));
        jdbc.update(
                "UPDATE message SET detail = ? WHERE tenant_id = ? AND customer_id = ?",
                "250 queued for " + EMAIL,
                acme.value(),
                zdenka.value());
        jdbc.update("UPDATE erasure SET at = at - INTERVAL 2 HOUR WHERE tenant_id = ?", acme.value());
        upkeep.sweep();
        assertThat(tablesThatTell(acme)).isEmpty();
    }

    @Test
    void onlyWhoMayErasesAndOnlyWithTheRightWordsAndOnlyTheirOwn() {
        for (Role role : List.of(Role.MARKETER, Role.ANALYST, Role.SUPPORT)) {
            TestTenants.as(
                    acme,
                    role,
                    () -> assertThatExceptionOfType(AccessDeniedException.class)
                            .isThrownBy(() -> erasures.erase(zdenka, EMAIL)));
        }
        TestTenants.asOwner(
                acme,
                () -> assertThatIllegalArgumentException().isThrownBy(() -> erasures.erase(zdenka, "ada@example.com")));
        TestTenants.asOwner(
                globex,
                () -> assertThatExceptionOfType(CustomerNotFound.class)
                        .isThrownBy(() -> erasures.erase(zdenka, EMAIL)));
        assertThat(tablesThatTell(acme)).isNotEmpty();
        TestTenants.as(acme, Role.ADMIN, () -> {
            erasures.erase(zdenka, EMAIL);
            assertThatExceptionOfType(CustomerNotFound.class).isThrownBy(() -> erasures.erase(zdenka, EMAIL));
        });
    }

    /** Who adds a table with a customer in it says what becomes of it. */
    @Test
    void everyTableWithACustomerIsDeclared() {
        List<String> found = jdbc.queryForList(
                "SELECT table_name FROM information_schema.columns WHERE table_schema = DATABASE() "
                        + "AND column_name = 'customer_id'",
                String.class);
        assertThat(tables.all())
                .extracting(PersonalTable::name)
                .containsAll(
                        found.stream().filter(name -> !name.equals("erasure")).toList());
    }

    @Test
    void aCopyOfEverythingIsForWhoMayExport() {
        TestTenants.asOwner(acme, () -> {
            assertThat(export.json(zdenka))
                    .contains(EMAIL, "Kvapilova-Jedinečná", "O-1", "Coffee", "Complaint of", "call from 777123987")
                    .doesNotContain("ada@example.com", "tenant_id");
            jdbc.update(
                    "UPDATE customer SET first_name = '<script>alert(1)</script>' WHERE tenant_id = ? AND id = ?",
                    acme.value(),
                    zdenka.value());
            assertThat(export.page(zdenka)).contains("O-1", "&lt;script&gt;").doesNotContain("<script");
        });
        TestTenants.as(
                acme,
                Role.SUPPORT,
                () -> assertThatExceptionOfType(AccessDeniedException.class).isThrownBy(() -> export.json(zdenka)));
        TestTenants.asOwner(
                globex, () -> assertThatExceptionOfType(CustomerNotFound.class).isThrownBy(() -> export.json(zdenka)));
    }

    /** Each column of a tenant's table in which something tells who it is: found by asking the database for all. */
    private Set<String> tablesThatTell(TenantId tenant) {
        Set<String> telling = new TreeSet<>();
        List<Map<String, Object>> columns =
                jdbc.queryForList("SELECT c.table_name AS t, c.column_name AS c FROM information_schema.columns c "
                        + "JOIN information_schema.columns n ON n.table_schema = c.table_schema "
                        + "AND n.table_name = c.table_name AND n.column_name = 'tenant_id' "
                        + "JOIN information_schema.tables b ON b.table_schema = c.table_schema "
                        + "AND b.table_name = c.table_name AND b.table_type = 'BASE TABLE' "
                        + "WHERE c.table_schema = DATABASE() AND c.data_type IN ('char', 'varchar', 'tinytext', 'text', "
                        + "'mediumtext', 'longtext', 'json', 'blob', 'mediumblob', 'longblob', 'varbinary', 'binary')");
        assertThat(columns).hasSizeGreaterThan(80);
        for (Map<String, Object> column : columns) {
            List<Object> params = new ArrayList<>(List.of(tenant.value()));
            StringBuilder sql = new StringBuilder("SELECT COUNT(*) FROM ")
                    .append(column.get("t"))
                    .append(" WHERE tenant_id = ? AND (1 = 0");
            for (String word : TELLING) {
                sql.append(" OR CONVERT(").append(column.get("c")).append(" USING utf8mb4) LIKE ?");
                params.add("%" + word + "%");
            }
            Long rows = jdbc.queryForObject(sql.append(')').toString(), Long.class, params.toArray());
            if (rows != null && rows > 0) {
                telling.add(column.get("t") + "." + column.get("c"));
            }
        }
        return telling;
    }
}
