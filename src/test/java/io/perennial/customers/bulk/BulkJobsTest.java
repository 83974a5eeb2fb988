package io.perennial.customers.bulk;

import static io.perennial.customers.ImportedData.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.perennial.accounts.Role;
import io.perennial.customers.ConsentService;
import io.perennial.customers.CsvFormat;
import io.perennial.customers.CustomerImports;
import io.perennial.customers.CustomerList;
import io.perennial.customers.CustomerLists;
import io.perennial.customers.CustomerQuery;
import io.perennial.customers.CustomerSelection;
import io.perennial.customers.Erasure;
import io.perennial.customers.Erasures;
import io.perennial.customers.Evidence;
import io.perennial.customers.ImportField;
import io.perennial.customers.ImportMapping;
import io.perennial.customers.ImportOptions;
import io.perennial.customers.ImportedData;
import io.perennial.customers.TagCount;
import io.perennial.customers.attributes.AttributeDefinitions;
import io.perennial.customers.attributes.AttributeType;
import io.perennial.customers.attributes.AttributeValue;
import io.perennial.customers.attributes.CustomerAttribute;
import io.perennial.kernel.CustomerId;
import io.perennial.kernel.TenantId;
import io.perennial.support.IntegrationTest;
import io.perennial.support.TestTenants;
import io.perennial.tenancy.TenantSql;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@IntegrationTest
@TenantSql("Holds a customer's row.")
class BulkJobsTest {

    /** More than a piece. */
    private static final int MANY = BulkWork.PIECE + 200;

    private static final CustomerSelection ALL = CustomerSelection.of(CustomerQuery.ALL);

    @Autowired
    BulkJobs jobs;

    @Autowired
    CustomerList list;

    @Autowired
    CustomerImports imports;

    @Autowired
    AttributeDefinitions definitions;

    @Autowired
    CustomerLists lists;

    @Autowired
    Erasures erasures;

    @Autowired
    ConsentService consents;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    PlatformTransactionManager transactions;

    @Autowired
    TestTenants tenants;

    @Autowired
    ImportedData data;

    private TenantId acme;
    private TenantId globex;
    private String theirs = "";

    @BeforeEach
    void aBusinessWithMoreThanAPieceAndAnother() {
        acme = withCustomers("Acme", MANY);
        globex = withCustomers("Globex", 3);
        theirs = data.checksum(globex);
    }

    @Test
    void everybodyWhoFitsGetsATagWhichIsThenRenamedMergedAndDeleted() {
        assertThat(done(new BulkAction.AddTag("vip"), ALL).changed()).isEqualTo(MANY);
        assertThat(done(new BulkAction.AddTag("VIP"), ALL).changed())
                .as("they have it already")
                .isZero();
        assertThat(tags()).containsExactly(new TagCount("vip", MANY));
        CustomerSelection vips = CustomerSelection.of(CustomerQuery.tagged("vip"));
        assertThat(done(new BulkAction.ReplaceTag("vip", new BulkAction.AddTag("Gold")), vips)
                        .changed())
                .isEqualTo(MANY);
        assertThat(tags()).containsExactly(new TagCount("Gold", MANY));
        long first = data.id(acme, "C1").value();
        done(new BulkAction.AddTag("silver"), CustomerSelection.of(List.of(first)));
        CustomerSelection golden = CustomerSelection.of(CustomerQuery.tagged("Gold"));
        done(new BulkAction.ReplaceTag("Gold", new BulkAction.AddTag("silver")), golden);
        assertThat(tags()).as("merged").containsExactly(new TagCount("silver", MANY));
        CustomerSelection silvern = CustomerSelection.of(CustomerQuery.tagged("silver"));
        assertThat(done(new BulkAction.RemoveTag("silver"), silvern).changed()).isEqualTo(MANY);
        assertThat(tags()).isEmpty();
        assertThat(data.checksum(globex)).isEqualTo(theirs);
    }

    @Test
    void anAttributeIsSetAndTakenAway() {
        CustomerAttribute club =
                TestTenants.asOwner(acme, () -> definitions.define("club", "Club", AttributeType.YES_NO, List.of()));
        assertThat(done(new BulkAction.SetAttribute(club, new AttributeValue.YesNo(true)), ALL)
                        .changed())
                .isEqualTo(MANY);
        assertThat(data.count(acme, "customer_choice")).isEqualTo(MANY);
        assertThat(done(new BulkAction.SetAttribute(club, new AttributeValue.YesNo(true)), ALL)
                        .changed())
                .isZero();
        assertThat(done(new BulkAction.SetAttribute(club, null), ALL).changed()).isEqualTo(MANY);
        assertThat(data.count(acme, "customer_choice")).isZero();
        assertThat(data.checksum(globex)).isEqualTo(theirs);
    }

    @Test
    void consentIsWithdrawnWithEvidenceAndAddressesAreSuppressed() {
        List<Long> two =
                List.of(data.id(acme, "C1").value(), data.id(acme, "C2").value());
        CustomerSelection chosen = CustomerSelection.of(two);
        done(new BulkAction.WithdrawConsent("news"), chosen);
        assertThat(data.rows(acme, "consent_change"))
                .hasSize(2)
                .allSatisfy(row ->
                        assertThat(row.get("status") + " " + row.get("source")).isEqualTo("WITHDRAWN OWNER"));
        assertThat(done(new BulkAction.Suppress("moved away"), chosen).changed())
                .isEqualTo(2);
        assertThat(data.rows(acme, "suppression"))
                .hasSize(2)
                .allSatisfy(row -> assertThat(row).containsEntry("evidence", "OWNER: moved away"));
        assertThat(done(new BulkAction.Suppress("moved away"), chosen).changed())
                .isZero();
        assertThat(data.rows(acme, "suppression_change"))
                .hasSize(2)
                .allSatisfy(row -> assertThat(row)
                        .containsEntry("change_kind", "ADDED")
                        .containsEntry("note", "OWNER: moved away")
                        .containsEntry("by_name", "OWNER"));
        assertThat(done(new BulkAction.WithdrawConsent("news"), ALL).changed())
                .as("those who had not yet")
                .isEqualTo(MANY - 2);
        assertThat(data.count(acme, "consent")).isEqualTo(MANY);
        assertThat(data.count(acme, "consent_change")).isEqualTo(MANY);
        assertThat(data.count(globex, "consent_change")).isZero();
        assertThat(data.count(globex, "suppression_change")).isZero();
    }

    @Test
    void erasingAsksForTheNumberAndForTheRight() {
        CustomerSelection two = CustomerSelection.of(
                List.of(data.id(acme, "C1").value(), data.id(acme, "C2").value()));
        TestTenants.asOwner(acme, () -> {
            assertThatIllegalArgumentException().isThrownBy(() -> jobs.erase(two, 3));
            assertThatIllegalArgumentException().isThrownBy(() -> jobs.start(new BulkAction.Erase(), two));
        });
        TestTenants.as(
                acme,
                Role.MARKETER,
                () -> assertThatExceptionOfType(AccessDeniedException.class).isThrownBy(() -> jobs.erase(two, 2)));
        BulkJob job = TestTenants.asOwner(acme, () -> over(jobs.erase(two, 2)));
        assertThat(job.state()).isEqualTo(BulkState.DONE);
        assertThat(data.count(acme, "erasure")).isEqualTo(2);
        assertThat(TestTenants.asOwner(acme, () -> list.exactCount(ALL))).isEqualTo(MANY - 2);
    }

    @Test
    void manyAreErasedInPiecesEachWithAProofAsIfErasedAlone() {
        CustomerId alone = data.id(acme, "C1");
        CustomerId amongMany = data.id(acme, "C2");
        done(new BulkAction.AddTag("vip"), ALL);
        TestTenants.asOwner(acme, () -> {
            for (CustomerId one : List.of(alone, amongMany)) {
                consents.grant(one, "news", Evidence.of("test"));
            }
            erasures.erase(alone, "c1@example.com");
            long left = list.exactCount(ALL);
            BulkJob job = over(jobs.erase(ALL, left));
            assertThat(job.state()).isEqualTo(BulkState.DONE);
            assertThat(job.changed()).isEqualTo(MANY - 1);
            Map<CustomerId, Erasure> proofs = erasures.list(0, MANY + 1).stream()
                    .collect(Collectors.toMap(Erasure::customer, Function.identity()));
            assertThat(proofs).as("a proof for each").hasSize(MANY);
            assertThat(proofs.get(amongMany).rows())
                    .isEqualTo(proofs.get(alone).rows())
                    .containsEntry("customer_tag", 1L)
                    .containsEntry("consent", 1L)
                    .containsEntry("consent_change", 1L)
                    .containsEntry("customer", 1L)
                    .containsEntry("customer_order", 0L);
            assertThat(proofs.values()).extracting(Erasure::by).containsOnly("OWNER");
            assertThat(erasures.erasedAt("c" + MANY + "@example.com"))
                    .as("known again by the address")
                    .isPresent();
            assertThat(list.exactCount(ALL)).isZero();
        });
        assertThat(data.count(acme, "customer_tag") + data.count(acme, "consent") + data.count(acme, "consent_change"))
                .isZero();
        assertThat(data.rows(acme, "customer"))
                .allSatisfy(row -> assertThat(row.get("email")).isNull())
                .allSatisfy(row -> assertThat(row.get("erased_at")).isNotNull());
        assertThat(data.checksum(globex)).isEqualTo(theirs);
    }

    @Test
    void whoeverIsErasedTakesNobodyElseOutOfAnImportsJournal() {
        CustomerSelection two = CustomerSelection.of(
                List.of(data.id(acme, "C1").value(), data.id(acme, "C2").value()));
        long theirId = data.id(globex, "C1").value();
        TestTenants.asOwner(
                acme,
                () -> assertThat(erasures.eraseAll(List.of(new CustomerId(theirId))))
                        .as("no customer here")
                        .isZero());
        TestTenants.asOwner(acme, () -> over(jobs.erase(two, 2)));
        assertThat(data.count(acme, "erasure")).isEqualTo(2);
        assertThat(data.checksum(globex)).isEqualTo(theirs);
    }

    @Test
    void aListThatWouldOverflowStopsTheJobAndSaysWhatToDo() {
        long vips = TestTenants.asOwner(acme, () -> lists.make("VIPs").id());
        long room = BulkWork.PIECE + 50L;
        data.setMembers(acme, vips, CustomerLists.MOST - room);
        BulkJob job =
                TestTenants.asOwner(acme, () -> over(jobs.startOnList(new BulkAction.AddToList(vips, "VIPs"), ALL)));
        assertThat(job.state()).isEqualTo(BulkState.REFUSED);
        assertThat(job.changed()).as("the first piece stays").isEqualTo(BulkWork.PIECE);
        assertThat(job.problem())
                .isEqualTo("A list holds at most 1,000,000 customers. Take some off first, or begin another list.");
        assertThat(data.count(acme, "segment_listed")).isEqualTo(BulkWork.PIECE);
        BulkJob gone =
                TestTenants.asOwner(globex, () -> over(jobs.startOnList(new BulkAction.AddToList(vips, "VIPs"), ALL)));
        assertThat(gone.state()).isEqualTo(BulkState.REFUSED);
        assertThat(gone.problem()).isEqualTo("The list is not there any more. Choose another.");
        assertThat(data.checksum(globex)).isEqualTo(theirs);
    }

    @Test
    void whoIsBeingChangedBySomebodyElseHoldsUpTheirOwnPieceOnly() {
        AtomicLong job = new AtomicLong();
        new TransactionTemplate(transactions).executeWithoutResult(status -> {
            jdbc.sql("SELECT id FROM customer WHERE tenant_id = ? AND id = ? FOR UPDATE")
                    .params(acme.value(), data.id(acme, "C" + MANY).value())
                    .query(Long.class)
                    .single();
            Thread.ofPlatform()
                    .start(() ->
                            TestTenants.asOwner(acme, () -> job.set(jobs.start(new BulkAction.AddTag("vip"), ALL))));
            await(() -> job.get() > 0
                    && TestTenants.asOwner(
                                    acme,
                                    () -> jobs.find(job.get()).orElseThrow().done())
                            == BulkWork.PIECE);
        });
        assertThat(TestTenants.asOwner(acme, () -> over(job.get())).changed()).isEqualTo(MANY);
    }

    @Test
    void whatWasInHandWhenAJobWasStoppedIsCounted() {
        AtomicLong job = new AtomicLong();
        new TransactionTemplate(transactions).executeWithoutResult(status -> {
            jdbc.sql("SELECT id FROM customer WHERE tenant_id = ? AND id = ? FOR UPDATE")
                    .params(acme.value(), data.id(acme, "C1").value())
                    .query(Long.class)
                    .single();
            Thread.ofPlatform()
                    .start(() -> TestTenants.asOwner(acme, () -> {
                        job.set(jobs.start(new BulkAction.AddTag("vip"), ALL));
                        await(() -> jobs.find(job.get()).orElseThrow().state() == BulkState.RUNNING);
                        jobs.stop(job.get());
                    }));
            await(() -> job.get() > 0
                    && TestTenants.asOwner(
                                    acme,
                                    () -> jobs.find(job.get()).orElseThrow().state())
                            == BulkState.STOPPED);
        });
        await(() -> TestTenants.asOwner(
                        acme, () -> jobs.find(job.get()).orElseThrow().changed())
                == BulkWork.PIECE);
        assertThat(data.count(acme, "customer_tag")).isEqualTo(BulkWork.PIECE);
    }

    @Test
    void anotherBusinesssCustomersAreNeverMeant() {
        CustomerSelection foreign =
                CustomerSelection.of(List.of(data.id(globex, "C1").value()));
        assertThat(done(new BulkAction.AddTag("stolen"), foreign).done()).isZero();
        long job = TestTenants.asOwner(acme, () -> jobs.latest(1).getFirst().id());
        TestTenants.asOwner(globex, () -> {
            assertThat(jobs.find(job)).isEmpty();
            assertThat(jobs.latest(5)).isEmpty();
        });
        assertThat(data.checksum(globex)).isEqualTo(theirs);
    }

    @Test
    void whoOnlyLooksBeginsNothing() {
        TestTenants.as(
                acme,
                Role.ANALYST,
                () -> assertThatExceptionOfType(AccessDeniedException.class)
                        .isThrownBy(() -> jobs.start(new BulkAction.AddTag("x"), ALL)));
        assertThat(data.count(acme, "bulk_job")).isZero();
    }

    private List<TagCount> tags() {
        return TestTenants.asOwner(acme, () -> list.tagCounts());
    }

    private BulkJob done(BulkAction action, CustomerSelection selection) {
        BulkJob job = TestTenants.asOwner(acme, () -> over(jobs.start(action, selection)));
        assertThat(job.state()).isEqualTo(BulkState.DONE);
        return job;
    }

    private static void await(BooleanSupplier wanted) {
        Instant end = Instant.now().plusSeconds(40);
        while (!wanted.getAsBoolean()) {
            assertThat(Instant.now()).isBefore(end);
            LockSupport.parkNanos(50_000_000);
        }
    }

    private BulkJob over(long id) {
        Instant end = Instant.now().plusSeconds(120);
        BulkJob job = jobs.find(id).orElseThrow();
        while (!job.state().isOver()) {
            assertThat(Instant.now()).isBefore(end);
            LockSupport.parkNanos(50_000_000);
            job = jobs.find(id).orElseThrow();
        }
        return job;
    }

    private TenantId withCustomers(String name, int count) {
        TenantId tenant = tenants.fresh(name);
        InputStream file = text(Stream.concat(
                        Stream.of("id,email"),
                        IntStream.rangeClosed(1, count).mapToObj(i -> "C" + i + ",c" + i + "@example.com"))
                .toArray(String[]::new));
        TestTenants.asOwner(
                tenant,
                () -> imports.importCustomers(
                        file,
                        ImportMapping.none().with(ImportField.EXTERNAL_ID, 0).with(ImportField.EMAIL, 1),
                        ImportOptions.of("people.csv", CsvFormat.STANDARD)));
        return tenant;
    }
}
