package io.perennial.customers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.perennial.accounts.Role;
import io.perennial.customers.imports.UndoPlan;
import io.perennial.kernel.CustomerId;
import io.perennial.kernel.TenantId;
import io.perennial.support.IntegrationTest;
import io.perennial.support.TestTenants;
import io.perennial.tenancy.TenantSql;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.security.access.AccessDeniedException;

@IntegrationTest
@TenantSql("Changes single rows as people would, and makes an import old.")
class ImportUndoTest {

    private static final ImportMapping PEOPLE = ImportMapping.none()
            .with(ImportField.EXTERNAL_ID, 0)
            .with(ImportField.EMAIL, 1)
            .with(ImportField.FIRST_NAME, 2)
            .with(ImportField.CITY, 3)
            .with(ImportField.TAGS, 4)
            .with(ImportField.CONSENT, 5);
    private static final ImportMapping ORDERS = ImportMapping.none()
            .with(ImportField.ORDER_ID, 0)
            .with(ImportField.ORDERED_AT, 1)
            .with(ImportField.EXTERNAL_ID, 2)
            .with(ImportField.UNIT_PRICE, 3)
            .with(ImportField.PRODUCT, 4);
    private static final String WHO = "id,email,first,city,tags,newsletter";
    private static final String WHAT = "order,date,customer,price,product";

    @Autowired
    ImportUndo undo;

    @Autowired
    ImportJobs jobs;

    @Autowired
    ConsentService consents;

    @Autowired
    Erasures erasures;

    @Autowired
    ShopRows rows;

    @Autowired
    ImportedData data;

    @Autowired
    TestTenants tenants;

    @Autowired
    JdbcTemplate jdbc;

    @TempDir
    Path folder;

    private TenantId acme;
    private TenantId globex;
    private String globexBefore;

    /** Both have the same customers and orders; only one of them imports more and undoes it. */
    @BeforeEach
    void twoShops() throws Exception {
        acme = tenants.fresh("Acme");
        globex = tenants.fresh("Globex");
        for (TenantId tenant : List.of(acme, globex)) {
            people(
                    tenant,
                    "A1,ada@x.example,Ada,Brno,old,",
                    "B1,bob@x.example,Bob,Praha,,yes",
                    "C1,cyd@x.example,Cyd,,,");
            orders(tenant, "O1,2024-03-01,A1,10,Tea", "O1,2024-03-01,A1,5,Cup", "O2,2024-04-01,B1,20,Tea");
        }
        globexBefore = rows.of(globex);
    }

    @Test
    void everythingIsAgainAsItWas() throws Exception {
        String before = rows.of(acme);
        long who = people(
                acme,
                "A1,ada@new.example,Adéla,Ostrava,old;vip,yes",
                "B1,,Bob,Brno,,yes",
                "D1,dan@x.example,Dan,Brno,vip,yes");
        long what = orders(acme, "O1,2024-03-02,A1,10,Tea", "O3,2024-05-01,C1,7,Cup", "O4,2024-05-01,D1,7,Cup");
        assertThat(preview(what)).isEqualTo(new UndoCounts(0, 0, 2, 1, 0, 0, 0));
        assertThat(undone(what).counts()).isEqualTo(new UndoCounts(0, 0, 2, 1, 0, 0, 0));
        assertThat(preview(who)).isEqualTo(new UndoCounts(1, 2, 0, 0, 1, 1, 0));
        assertThat(undone(who).counts()).isEqualTo(new UndoCounts(1, 2, 0, 0, 1, 1, 0));
        assertThat(rows.of(acme)).isEqualTo(before);
        assertThat(rows.of(globex)).isEqualTo(globexBefore);
        assertThat(data.count(acme, "consent_change"))
                .as("Bob's, Ada's and that hers was taken back")
                .isEqualTo(3);
    }

    @Test
    void whatWasBuiltOnItStaysAndIsListed() throws Exception {
        long who = people(
                acme,
                "A1,,Adéla,Ostrava,,",
                "D1,dan@x.example,Dan,Brno,,",
                "E1,eva@x.example,Eva,Brno,,yes",
                "F1,fay@x.example,Fay,Brno,,",
                "G1,gus@x.example,Gus,Brno,,");
        orders(acme, "O9,2024-05-01,D1,7,Cup");
        TestTenants.asOwner(
                acme, () -> consents.withdraw(id("E1"), ConsentTopic.NEWS, Evidence.of("asked on the phone")));
        jdbc.update(
                "UPDATE customer SET phone = '1', updated_at = UTC_TIMESTAMP(6) WHERE tenant_id = ? AND id = ?",
                acme.value(),
                id("F1").value());
        jdbc.update("UPDATE customer SET city = 'Zlín' WHERE tenant_id = ? AND id = ?", acme.value(), id("A1").value());
        UndoJob job = undone(who);
        assertThat(job.state()).isEqualTo(ImportState.DONE);
        assertThat(job.counts()).isEqualTo(new UndoCounts(1, 1, 0, 0, 0, 0, 4));
        assertThat(TestTenants.asOwner(acme, () -> undo.keptBecause(who)))
                .isEqualTo(Map.of(
                        UndoPlan.Reason.CHANGED_SINCE, 2L, UndoPlan.Reason.ORDERS, 1L, UndoPlan.Reason.CONSENT, 1L));
        assertThat(kept(who))
                .containsExactlyInAnyOrder(
                        customer("A1", UndoPlan.Reason.CHANGED_SINCE),
                        customer("D1", UndoPlan.Reason.ORDERS),
                        customer("E1", UndoPlan.Reason.CONSENT),
                        customer("F1", UndoPlan.Reason.CHANGED_SINCE));
        assertThat(data.customer(acme, "A1")).containsEntry("first_name", "Ada").containsEntry("city", "Zlín");
        assertThat(data.rows(acme, "consent"))
                .filteredOn(row -> row.get("customer_id").equals(id("E1").value()))
                .singleElement()
                .satisfies(row -> assertThat(row).containsEntry("status", "WITHDRAWN"));
        assertThat(rows.of(acme)).doesNotContain("G1");
    }

    @Test
    void whatIsWorkedOutAboutThemAndListsTheyWerePutOnHoldNobody() throws Exception {
        long who = people(acme, "D1,dan@x.example,Dan,Brno,,");
        people(globex, "D1,dan@x.example,Dan,Brno,,");
        for (TenantId tenant : List.of(acme, globex)) {
            jdbc.update(
                    "INSERT INTO segment_listed (tenant_id, segment_id, customer_id, added_at, added_by) "
                            + "SELECT tenant_id, 1, id, UTC_TIMESTAMP(6), 'Mia' FROM customer "
                            + "WHERE tenant_id = ? AND external_id = 'D1'",
                    tenant.value());
            jdbc.update(
                    "INSERT INTO segment_member (tenant_id, segment_id, customer_id, entered_at) "
                            + "SELECT tenant_id, 1, id, UTC_TIMESTAMP(6) FROM customer "
                            + "WHERE tenant_id = ? AND external_id = 'D1'",
                    tenant.value());
            jdbc.update(
                    "INSERT INTO customer_match_key (tenant_id, kind, match_key, customer_id) "
                            + "SELECT tenant_id, 1, email, id FROM customer WHERE tenant_id = ? AND external_id = 'D1'",
                    tenant.value());
        }
        assertThat(preview(who)).isEqualTo(new UndoCounts(1, 0, 0, 0, 0, 0, 0));
        assertThat(undone(who).counts()).isEqualTo(new UndoCounts(1, 0, 0, 0, 0, 0, 0));
        assertThat(data.count(acme, "segment_listed")).isZero();
        assertThat(data.count(globex, "segment_listed")).isEqualTo(1);
    }

    @Test
    void whoeverWithdrewSinceIsNotMailableByIt() throws Exception {
        long who = people(acme, "A1,,,,,yes");
        TestTenants.asOwner(acme, () -> consents.withdraw(id("A1"), ConsentTopic.NEWS, Evidence.of("link in a mail")));
        assertThat(undone(who).counts().consentsRemoved()).isZero();
        assertThat(rows.of(acme)).contains("[A1, news, WITHDRAWN");
    }

    @Test
    void ordersThatALaterImportChangedStay() throws Exception {
        long first = orders(acme, "O1,2024-03-02,A1,11,Tea", "O3,2024-05-01,C1,7,Cup");
        orders(acme, "O1,2024-03-02,A1,12,Tea", "O3,2024-05-01,C1,8,Cup");
        UndoJob job = undone(first);
        assertThat(job.counts()).isEqualTo(new UndoCounts(0, 0, 0, 0, 0, 0, 2));
        assertThat(rows.of(acme)).contains("O3, C1").contains("12.0000").contains("8.0000");
    }

    @Test
    void customersWhoseIdsAndAddressesWentRoundGetThemBack() throws Exception {
        people(acme, "A1,a@swap.example,,,,", "B1,b@swap.example,,,,");
        String before = rows.of(acme);
        people(acme, "A1,between@swap.example,,,,");
        long second = people(acme, "B1,a@swap.example,,,,");
        long third = people(acme, "A1,b@swap.example,,,,");
        undone(third);
        undone(second);
        assertThat(data.customer(acme, "B1")).containsEntry("email", "b@swap.example");
        assertThat(data.customer(acme, "A1")).containsEntry("email", "between@swap.example");
        assertThat(before).isNotEqualTo(rows.of(acme));
    }

    @Test
    void afterAWeekItCannotBeUndoneAndItsJournalGoes() throws Exception {
        long who = people(acme, "A1,,Adéla,,,");
        jdbc.update(
                "UPDATE import_job SET finished_at = finished_at - INTERVAL 8 DAY WHERE tenant_id = ? AND id = ?",
                acme.value(),
                who);
        assertThat(TestTenants.asOwner(acme, () -> undo.possibleUntil(who))).isEmpty();
        TestTenants.asOwner(
                acme,
                () -> assertThatExceptionOfType(ImportRefused.class)
                        .isThrownBy(() -> undo.undo(who))
                        .withMessageStartingWith("This import could be undone until ")
                        .withMessageContaining("is not kept any longer"));
        long chunks = data.count(acme, "import_chunk");
        undo.sweep();
        assertThat(data.count(acme, "import_chunk")).isEqualTo(chunks - 1);
    }

    @Test
    void whatCannotBeUndoneSaysWhyAndWhatToDo() throws Exception {
        long who = people(acme, "A1,,Adéla,,,");
        assertThat(why(who)).isEmpty();
        undone(who);
        assertThat(why(who)).contains("This import was undone already.");
        assertThat(why(1)).contains("There is no such import.");
        long running = people(acme, "A1,,Agáta,,,");
        jdbc.update(
                "UPDATE import_job SET state = 'RUNNING', beat_at = UTC_TIMESTAMP(6) + INTERVAL 1 DAY"
                        + " WHERE tenant_id = ? AND id = ?",
                acme.value(),
                running);
        assertThat(why(running)).hasValueSatisfying(it -> assertThat(it).contains("Pause it or stop it first"));
        Path list = Files.writeString(folder.resolve("list.csv"), "email,reason\nx@x.example,bounced\n");
        long evidence = TestTenants.asOwner(
                acme,
                () -> jobs.start(
                        ImportKind.SUPPRESSIONS,
                        list,
                        ImportMapping.guess(ImportKind.SUPPRESSIONS, List.of("email", "reason")),
                        ImportOptions.of("list.csv", CsvFormat.STANDARD)));
        assertThat(why(evidence)).hasValueSatisfying(it -> assertThat(it).contains("is evidence"));
        assertThat(TestTenants.asOwner(globex, () -> undo.whyNot(who))).contains("There is no such import.");
    }

    private Optional<String> why(long job) {
        return TestTenants.asOwner(acme, () -> undo.whyNot(job));
    }

    @Test
    void whoeverIsErasedIsInNoJournalAndDoesNotComeBack() throws Exception {
        long who = people(acme, "A1,,Adéla,Ostrava,,", "B1,,Bořek,,,");
        CustomerId ada = id("A1");
        TestTenants.asOwner(acme, () -> erasures.erase(ada, "ada@x.example"));
        assertThat(preview(who)).isEqualTo(new UndoCounts(0, 1, 0, 0, 0, 0, 0));
        undone(who);
        assertThat(data.customer(acme, "B1")).containsEntry("first_name", "Bob");
        assertThat(data.rows(acme, "customer"))
                .filteredOn(row -> row.get("id").equals(ada.value()))
                .singleElement()
                .satisfies(
                        row -> assertThat(row).containsEntry("first_name", null).containsEntry("city", null));
    }

    @Test
    void anotherBusinessAndOnesWithoutTheRightCannotUndo() throws Exception {
        long who = people(acme, "A1,,Adéla,,,");
        TestTenants.asOwner(globex, () -> {
            assertThat(undo.possibleUntil(who)).isEmpty();
            assertThatExceptionOfType(ImportRefused.class).isThrownBy(() -> undo.preview(who));
            assertThatExceptionOfType(ImportRefused.class).isThrownBy(() -> undo.undo(who));
            assertThat(undo.find(who)).isEmpty();
            assertThat(undo.kept(who, 0, 10)).isEmpty();
            assertThat(undo.keptBecause(who)).isEmpty();
        });
        TestTenants.as(
                acme,
                Role.ANALYST,
                () -> assertThatExceptionOfType(AccessDeniedException.class).isThrownBy(() -> undo.undo(who)));
        assertThat(data.customer(acme, "A1")).containsEntry("first_name", "Adéla");
    }

    private UndoPlan.Kept customer(String number, UndoPlan.Reason reason) {
        return new UndoPlan.Kept(UndoPlan.Kind.CUSTOMER, id(number).value(), reason);
    }

    private CustomerId id(String number) {
        return data.id(acme, number);
    }

    private UndoCounts preview(long job) {
        return TestTenants.asOwner(acme, () -> undo.preview(job));
    }

    private List<UndoPlan.Kept> kept(long job) {
        return TestTenants.asOwner(acme, () -> undo.kept(job, 0, 100));
    }

    private UndoJob undone(long job) {
        assertThat(TestTenants.asOwner(acme, () -> undo.undo(job))).isTrue();
        return await().atMost(Duration.ofSeconds(30))
                .until(
                        () -> TestTenants.asOwner(acme, () -> undo.find(job)).orElseThrow(),
                        it -> it.state().isOver());
    }

    private long people(TenantId tenant, String... lines) throws Exception {
        return imported(tenant, ImportKind.CUSTOMERS, PEOPLE, WHO, lines);
    }

    private long orders(TenantId tenant, String... lines) throws Exception {
        return imported(tenant, ImportKind.ORDERS, ORDERS, WHAT, lines);
    }

    private long imported(TenantId tenant, ImportKind kind, ImportMapping mapping, String header, String... lines)
            throws Exception {
        Path file = Files.writeString(
                Files.createTempFile(folder, "import", ".csv"), header + "\n" + String.join("\n", lines) + "\n");
        long id = TestTenants.asOwner(
                tenant, () -> jobs.start(kind, file, mapping, ImportOptions.of("file.csv", CsvFormat.STANDARD)));
        ImportJob job = await().atMost(Duration.ofSeconds(30))
                .until(
                        () -> TestTenants.asOwner(tenant, () -> jobs.find(id)).orElseThrow(),
                        it -> it.state().isOver() && !TestTenants.asOwner(tenant, () -> jobs.isHere(id)));
        assertThat(job.state()).isEqualTo(ImportState.DONE);
        assertThat(job.counts().rejected()).isZero();
        return id;
    }
}
