package io.perennial.customers.bulk;

import static io.perennial.customers.ImportedData.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.perennial.accounts.Role;
import io.perennial.customers.BulkTraces;
import io.perennial.customers.CsvFormat;
import io.perennial.customers.CustomerImports;
import io.perennial.customers.CustomerList;
import io.perennial.customers.CustomerLists;
import io.perennial.customers.CustomerMerges;
import io.perennial.customers.CustomerQuery;
import io.perennial.customers.CustomerSelection;
import io.perennial.customers.CustomerTags;
import io.perennial.customers.ImportField;
import io.perennial.customers.ImportMapping;
import io.perennial.customers.ImportOptions;
import io.perennial.customers.ImportedData;
import io.perennial.customers.SuppressionList;
import io.perennial.customers.SuppressionReason;
import io.perennial.customers.Suppressions;
import io.perennial.customers.TagCount;
import io.perennial.customers.attributes.AttributeDefinitions;
import io.perennial.customers.attributes.AttributeType;
import io.perennial.customers.attributes.AttributeValue;
import io.perennial.customers.attributes.CustomerAttribute;
import io.perennial.customers.attributes.CustomerAttributes;
import io.perennial.kernel.CustomerId;
import io.perennial.kernel.EmailAddress;
import io.perennial.kernel.TenantId;
import io.perennial.support.IntegrationTest;
import io.perennial.support.TestTenants;
import io.perennial.tenancy.TenantSql;
import java.io.InputStream;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.AccessDeniedException;

/** Undoing what was done to many brings back exactly what was changed by it, and not changed again since. */
@IntegrationTest
@TenantSql("Makes jobs older than they are.")
class BulkUndoTest {

    /** More than a piece. */
    private static final int MANY = BulkWork.PIECE + 200;

    private static final CustomerSelection ALL = CustomerSelection.of(CustomerQuery.ALL);

    @Autowired
    BulkJobs jobs;

    @Autowired
    BulkUndo undo;

    @Autowired
    BulkUndoWork work;

    @Autowired
    BulkRuns runs;

    @Autowired
    BulkTraces traces;

    @Autowired
    BulkForgetting forgetting;

    @Autowired
    CustomerList list;

    @Autowired
    CustomerTags tags;

    @Autowired
    CustomerAttributes attributes;

    @Autowired
    AttributeDefinitions definitions;

    @Autowired
    CustomerLists lists;

    @Autowired
    Suppressions suppressions;

    @Autowired
    SuppressionList suppressionList;

    @Autowired
    CustomerMerges merges;

    @Autowired
    CustomerImports imports;

    @Autowired
    TestTenants tenants;

    @Autowired
    ImportedData data;

    @Autowired
    JdbcClient jdbc;

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
    void aTagIsTakenFromThoseWhoGotItAndStaysWithThoseWhoHadIt() {
        TestTenants.asOwner(acme, () -> {
            tags.add(id(1), "vip");
            tags.add(id(MANY), "VIP");
        });
        BulkJob added = done(new BulkAction.AddTag("vip"), ALL);
        assertThat(added.changed()).isEqualTo(MANY - 2);
        BulkJob undone = undone(added);
        assertThat(undone.undoes()).isEqualTo(added.id());
        assertThat(undone.total()).isEqualTo(MANY - 2);
        assertThat(undone.changed()).isEqualTo(MANY - 2);
        assertThat(tagsOf(1)).containsExactly("vip");
        assertThat(tagsOf(MANY)).containsExactly("VIP");
        assertThat(data.count(acme, "customer_tag")).isEqualTo(2);
        assertThat(data.count(acme, "bulk_trace")).isZero();
        assertThat(data.checksum(globex)).isEqualTo(theirs);
    }

    @Test
    void whoeverWasChangedByHandSinceStaysEvenIfItLooksTheSame() {
        BulkJob added = done(new BulkAction.AddTag("vip"), ALL);
        TestTenants.asOwner(acme, () -> {
            tags.remove(id(2), "vip");
            tags.remove(id(3), "VIP");
            tags.add(id(3), "vip");
            tags.replace(id(4), List.of("vip", "other"));
            tags.add(id(5), "other");
        });
        BulkJob undone = undone(added);
        assertThat(undone.changed()).isEqualTo(MANY - 2);
        assertThat(tagsOf(2)).isEmpty();
        assertThat(tagsOf(3)).as("taken off and put on again").containsExactly("vip");
        assertThat(tagsOf(4)).as("had it, and got another").containsExactly("other");
        assertThat(tagsOf(5)).containsExactly("other");
    }

    @Test
    void aTagComesBackAsItWasWritten() {
        TestTenants.asOwner(acme, () -> {
            tags.add(id(1), "vip");
            tags.add(id(2), "VIP");
            tags.add(id(3), "vip");
        });
        BulkJob removed = done(new BulkAction.RemoveTag("Vip"), ALL);
        assertThat(removed.changed()).isEqualTo(3);
        TestTenants.asOwner(acme, () -> {
            tags.add(id(3), "vip");
            tags.remove(id(3), "vip");
        });
        assertThat(undone(removed).changed()).isEqualTo(2);
        assertThat(tagsOf(1)).containsExactly("vip");
        assertThat(tagsOf(2)).containsExactly("VIP");
        assertThat(tagsOf(3)).as("taken off by hand").isEmpty();
    }

    @Test
    void tagsThatWereMergedComeApartAgain() {
        TestTenants.asOwner(acme, () -> {
            tags.add(id(1), "gold");
            tags.add(id(2), "gold");
            tags.add(id(2), "silver");
            tags.add(id(3), "silver");
        });
        CustomerSelection golden = CustomerSelection.of(CustomerQuery.tagged("gold"));
        BulkJob merged = done(new BulkAction.ReplaceTag("gold", new BulkAction.AddTag("silver")), golden);
        assertThat(TestTenants.asOwner(acme, () -> list.tagCounts())).containsExactly(new TagCount("silver", 3));
        undone(merged);
        assertThat(tagsOf(1)).containsExactly("gold");
        assertThat(tagsOf(2)).containsExactly("gold", "silver");
        assertThat(tagsOf(3)).containsExactly("silver");
        BulkJob renamed = done(new BulkAction.ReplaceTag("gold", new BulkAction.AddTag("GOLD")), golden);
        assertThat(tagsOf(1)).containsExactly("GOLD");
        undone(renamed);
        assertThat(tagsOf(1)).containsExactly("gold");
    }

    @Test
    void laterJobsAreUndoneFirstOrLeftAlone() {
        BulkJob first = done(new BulkAction.AddTag("vip"), ALL);
        CustomerSelection two = CustomerSelection.of(List.of(id(1).value(), id(2).value()));
        BulkJob taken = done(new BulkAction.RemoveTag("vip"), two);
        BulkJob again = done(new BulkAction.AddTag("vip"), two);
        assertThat(undone(again).changed()).isEqualTo(2);
        assertThat(undone(taken).changed()).isEqualTo(2);
        assertThat(tagsOf(1)).containsExactly("vip");
        assertThat(undone(first).changed())
                .as("nothing is left of the later ones")
                .isEqualTo(MANY);
        BulkJob second = done(new BulkAction.AddTag("vip"), ALL);
        done(new BulkAction.RemoveTag("vip"), two);
        done(new BulkAction.AddTag("vip"), two);
        assertThat(undone(second).changed())
                .as("two were changed by later jobs")
                .isEqualTo(MANY - 2);
        assertThat(tagsOf(1)).containsExactly("vip");
        assertThat(tagsOf(3)).isEmpty();
    }

    @Test
    void attributesOfEveryTypeComeBack() {
        Map<AttributeType, List<AttributeValue>> values = new LinkedHashMap<>();
        values.put(AttributeType.TEXT, List.of(new AttributeValue.Text("a, “b”"), new AttributeValue.Text("new")));
        values.put(
                AttributeType.NUMBER,
                List.of(
                        new AttributeValue.Number(new BigDecimal("1200.5")),
                        new AttributeValue.Number(BigDecimal.TEN)));
        values.put(
                AttributeType.DATE,
                List.of(
                        new AttributeValue.Day(LocalDate.of(2020, 2, 29)),
                        new AttributeValue.Day(LocalDate.of(2026, 1, 1))));
        values.put(AttributeType.YES_NO, List.of(new AttributeValue.YesNo(true), new AttributeValue.YesNo(false)));
        values.put(AttributeType.CHOICE, List.of(AttributeValue.Choices.of(1), AttributeValue.Choices.of(2)));
        values.put(AttributeType.LIST, List.of(AttributeValue.Choices.of(1, 2), AttributeValue.Choices.of(2)));
        values.forEach((type, pair) -> {
            List<String> choices =
                    type == AttributeType.CHOICE || type == AttributeType.LIST ? List.of("One", "Two") : List.of();
            String key = "of_" + type.name().toLowerCase(Locale.ROOT);
            CustomerAttribute attribute =
                    TestTenants.asOwner(acme, () -> definitions.define(key, type.name(), type, choices));
            AttributeValue before = pair.getFirst();
            AttributeValue after = pair.getLast();
            TestTenants.asOwner(acme, () -> {
                attributes.set(id(1), attribute.id(), before);
                attributes.set(id(2), attribute.id(), after);
            });
            BulkJob set = done(new BulkAction.SetAttribute(attribute, after), ALL);
            assertThat(set.changed()).as(type.name()).isEqualTo(MANY - 1);
            TestTenants.asOwner(acme, () -> attributes.set(id(3), attribute.id(), before));
            assertThat(undone(set).changed()).as(type.name()).isEqualTo(MANY - 2);
            assertThat(valueOf(1, attribute)).isEqualTo(before);
            assertThat(valueOf(2, attribute)).isEqualTo(after);
            assertThat(valueOf(3, attribute)).as("set by hand since").isEqualTo(before);
            assertThat(valueOf(4, attribute)).isNull();
            BulkJob emptied = done(new BulkAction.SetAttribute(attribute, null), ALL);
            assertThat(emptied.changed()).as(type.name()).isEqualTo(3);
            undone(emptied);
            assertThat(valueOf(2, attribute)).isEqualTo(after);
        });
        assertThat(data.checksum(globex)).isEqualTo(theirs);
    }

    @Test
    void listsAreAsTheyWere() {
        CustomerLists.Named vips = TestTenants.asOwner(acme, () -> lists.make("VIPs"));
        TestTenants.asOwner(acme, () -> lists.add(vips.id(), List.of(id(1).value(), id(2).value())));
        BulkJob added = onList(new BulkAction.AddToList(vips.id(), "VIPs"));
        assertThat(added.changed()).isEqualTo(MANY - 2);
        undone(added);
        assertThat(data.count(acme, "segment_listed")).isEqualTo(2);
        BulkJob removed = onList(new BulkAction.RemoveFromList(vips.id(), "VIPs"));
        assertThat(removed.changed()).isEqualTo(2);
        undone(removed);
        assertThat(data.count(acme, "segment_listed")).isEqualTo(2);
        assertThat(data.count(acme, "segment_member")).isEqualTo(2);
        assertThat(data.checksum(globex)).isEqualTo(theirs);
    }

    @Test
    void anAddressCanBeMailedAgainUnlessItsPersonSaidNoSince() {
        TestTenants.asOwner(
                acme, () -> suppressions.suppress(address(1), SuppressionReason.BOUNCED, "before the deed"));
        BulkJob suppressed = done(new BulkAction.Suppress("by mistake"), ALL);
        assertThat(suppressed.changed()).isEqualTo(MANY - 1);
        TestTenants.asOwner(acme, () -> {
            suppressions.suppress(address(2), SuppressionReason.UNSUBSCRIBED, "their wish");
            suppressionList.lift(address(3), "a talk", "");
            suppressions.suppress(address(3), SuppressionReason.MANUAL, "OWNER: by mistake");
        });
        assertThat(undone(suppressed).changed()).isEqualTo(MANY - 3);
        assertThat(data.rows(acme, "suppression"))
                .extracting(row -> row.get("email") + " " + row.get("reason"))
                .containsExactlyInAnyOrder(
                        "c1@example.com BOUNCED", "c2@example.com UNSUBSCRIBED", "c3@example.com MANUAL");
        assertThat(data.rows(acme, "suppression_change"))
                .filteredOn(row -> "OWNER: undid “Stop all mail”".equals(row.get("note")))
                .hasSize(MANY - 3)
                .allSatisfy(row ->
                        assertThat(row).containsEntry("change_kind", "LIFTED").containsEntry("by_name", "OWNER"));
        assertThat(data.checksum(globex)).isEqualTo(theirs);
    }

    @Test
    void whatCannotBeUndoneSaysWhy() {
        BulkJob withdrawn = done(new BulkAction.WithdrawConsent("news"), ALL);
        assertThat(possible(withdrawn)).isEmpty();
        assertThat(refused(withdrawn.id())).startsWith("There is nothing to undo");
        BulkJob added = done(new BulkAction.AddTag("vip"), ALL);
        assertThat(possible(added))
                .hasValueSatisfying(until -> assertThat(until)
                        .isBetween(
                                Instant.now().plus(BulkUndo.WITHIN).minusSeconds(60),
                                Instant.now().plus(BulkUndo.WITHIN)));
        BulkJob undone = undone(added);
        assertThat(refused(undone.id())).startsWith("This took another change back");
        assertThat(refused(added.id())).startsWith("There is nothing to undo");
        TestTenants.asOwner(
                acme, () -> assertThat(undo.undone(List.of(added, withdrawn))).containsExactly(added.id()));
        BulkJob late = done(new BulkAction.AddTag("late"), ALL);
        ended(late, 7 * 24 + 1);
        assertThat(possible(late)).isEmpty();
        assertThat(refused(late.id())).startsWith("This could be undone until ");
        assertThat(tagsOf(1)).containsExactly("late");
    }

    @Test
    void whatIsKeptGoesInTheNightAfterSevenDays() {
        BulkJob late = done(new BulkAction.AddTag("late"), ALL);
        BulkJob early = done(new BulkAction.AddTag("early"), ALL);
        BulkJob theirsToo = TestTenants.asOwner(globex, () -> over(jobs.start(new BulkAction.AddTag("late"), ALL)));
        ended(late, 7 * 24 + 1);
        forgetting.run(acme, () -> {});
        assertThat(data.rows(acme, "bulk_trace"))
                .isNotEmpty()
                .allSatisfy(row -> assertThat(row).containsEntry("job_id", early.id()));
        assertThat(data.rows(globex, "bulk_trace"))
                .singleElement()
                .satisfies(row -> assertThat(row).containsEntry("job_id", theirsToo.id()));
        assertThat(undone(early).changed()).isEqualTo(MANY);
    }

    @Test
    void undoingThatBrokeOffGoesOnWhereItStood() {
        BulkJob added = done(new BulkAction.AddTag("vip"), ALL);
        long last = traces.toDo(acme, added.id()).getFirst();
        TestTenants.asOwner(
                acme,
                () -> assertThat(work.undo(acme, added.id(), last, "OWNER"))
                        .isEqualTo(new BulkRuns.Step(MANY - BulkWork.PIECE, MANY - BulkWork.PIECE)));
        TestTenants.asOwner(
                acme,
                () -> assertThat(work.undo(acme, added.id(), last, "OWNER"))
                        .as("it is done")
                        .isEqualTo(new BulkRuns.Step(0, 0)));
        assertThat(data.count(acme, "customer_tag")).isEqualTo(BulkWork.PIECE);
        assertThat(undone(added).changed()).isEqualTo(BulkWork.PIECE);
        assertThat(data.count(acme, "customer_tag")).isZero();
    }

    @Test
    void itIsUndoneByOneAtATimeAndAgainWhereItsNodeWentSilent() {
        BulkJob added = done(new BulkAction.AddTag("vip"), ALL);
        CustomerSelection nobody = CustomerSelection.of(List.of(1L));
        BulkJob other = done(new BulkAction.AddTag("x"), nobody);
        jdbc.sql("UPDATE bulk_job SET state = 'RUNNING', undoes = ?, beat_at = UTC_TIMESTAMP(6) "
                        + "WHERE tenant_id = ? AND id = ?")
                .params(added.id(), acme.value(), other.id())
                .update();
        assertThat(refused(added.id())).isEqualTo("This is being undone already.");
        assertThat(possible(added)).isEmpty();
        jdbc.sql("UPDATE bulk_job SET beat_at = UTC_TIMESTAMP(6) - INTERVAL 90 SECOND WHERE tenant_id = ? AND id = ?")
                .params(acme.value(), other.id())
                .update();
        runs.beat();
        assertThat(TestTenants.asOwner(acme, () -> now(other)).state()).isEqualTo(BulkState.INTERRUPTED);
        assertThat(possible(added)).isPresent();
        assertThat(undone(added).changed()).isEqualTo(MANY);
    }

    @Test
    void whatAStoppedJobDidCanBeUndone() {
        done(new BulkAction.AddTag("vip"), CustomerSelection.of(List.of(id(1).value())));
        long vips = TestTenants.asOwner(acme, () -> lists.make("VIPs").id());
        data.setMembers(acme, vips, CustomerLists.MOST - BulkWork.PIECE - 50L);
        BulkJob full =
                TestTenants.asOwner(acme, () -> over(jobs.startOnList(new BulkAction.AddToList(vips, "VIPs"), ALL)));
        assertThat(full.state()).isEqualTo(BulkState.REFUSED);
        assertThat(undone(full).changed()).isEqualTo(BulkWork.PIECE);
        assertThat(data.count(acme, "segment_listed")).isZero();
    }

    @Test
    void whoIsErasedIsTakenOutOfWhatIsKeptAndWhoWasMergedStaysAway() {
        BulkJob added = done(new BulkAction.AddTag("vip"), ALL);
        CustomerAttribute size =
                TestTenants.asOwner(acme, () -> definitions.define("size", "Size", AttributeType.TEXT, List.of()));
        CustomerSelection one = CustomerSelection.of(List.of(id(1).value()));
        TestTenants.asOwner(acme, () -> attributes.set(id(1), size.id(), new AttributeValue.Text("secret")));
        BulkJob set = done(new BulkAction.SetAttribute(size, new AttributeValue.Text("new")), one);
        BulkJob removed = done(new BulkAction.RemoveTag("vip"), CustomerSelection.of(List.of(id(4).value())));
        TestTenants.asOwner(acme, () -> {
            over(jobs.erase(one, 1));
            merges.merge(id(3), id(4), Set.of(), Set.of());
        });
        assertThat(data.rows(acme, "bulk_trace"))
                .noneSatisfy(row -> assertThat(row).containsEntry("job_id", set.id()));
        assertThat(TestTenants.asOwner(acme, () -> undo.amount(added.id()))).isEqualTo(MANY - 1);
        undone(removed);
        assertThat(data.rows(acme, "customer_tag"))
                .noneSatisfy(row -> assertThat(row).containsEntry("customer_id", id(4).value()));
        undone(added);
        assertThat(data.count(acme, "customer_tag")).isZero();
        assertThat(data.checksum(globex)).isEqualTo(theirs);
    }

    @Test
    void whoMayNotDoItMayNotUndoItAndAnotherBusinessFindsNothing() {
        BulkJob added = done(new BulkAction.AddTag("vip"), ALL);
        TestTenants.as(acme, Role.ANALYST, () -> {
            assertThat(undo.possibleUntil(List.of(added))).isEmpty();
            assertThatExceptionOfType(AccessDeniedException.class).isThrownBy(() -> undo.undo(added.id()));
        });
        TestTenants.asOwner(globex, () -> {
            assertThat(undo.amount(added.id())).isZero();
            assertThat(undo.possibleUntil(List.of(added))).isEmpty();
            assertThatExceptionOfType(BulkUndoRefused.class)
                    .isThrownBy(() -> undo.undo(added.id()))
                    .withMessage("There is no such change.");
        });
        assertThat(data.count(acme, "customer_tag")).isEqualTo(MANY);
        assertThat(undone(added).changed()).isEqualTo(MANY);
        assertThat(data.rows(acme, "audit_entry"))
                .filteredOn(row -> "bulk.log.undone".equals(row.get("deed")))
                .singleElement()
                .satisfies(row -> assertThat(row).containsEntry("subject_name", "add tag vip (" + MANY + ")"));
    }

    private CustomerId id(int number) {
        return data.id(acme, "C" + number);
    }

    private static EmailAddress address(int number) {
        return new EmailAddress("c" + number + "@example.com");
    }

    private List<String> tagsOf(int number) {
        return TestTenants.asOwner(acme, () -> tags.of(id(number)));
    }

    private @Nullable AttributeValue valueOf(int number, CustomerAttribute attribute) {
        return TestTenants.asOwner(
                acme,
                () -> attributes
                        .of(attribute, List.of(id(number).value()))
                        .get(id(number).value()));
    }

    private Optional<Instant> possible(BulkJob job) {
        return TestTenants.asOwner(
                acme,
                () -> Optional.ofNullable(undo.possibleUntil(List.of(now(job))).get(job.id())));
    }

    private BulkJob now(BulkJob job) {
        return jobs.find(job.id()).orElseThrow();
    }

    private String refused(long job) {
        return TestTenants.asOwner(acme, () -> {
            try {
                undo.undo(job);
                return "";
            } catch (BulkUndoRefused e) {
                return e.words();
            }
        });
    }

    private void ended(BulkJob job, int hoursAgo) {
        jdbc.sql("UPDATE bulk_job SET finished_at = UTC_TIMESTAMP(6) - INTERVAL ? HOUR WHERE tenant_id = ? AND id = ?")
                .params(hoursAgo, acme.value(), job.id())
                .update();
    }

    private BulkJob undone(BulkJob job) {
        BulkJob undone = TestTenants.asOwner(acme, () -> over(undo.undo(job.id())));
        assertThat(undone.state()).isEqualTo(BulkState.DONE);
        return undone;
    }

    private BulkJob onList(BulkAction action) {
        BulkJob job = TestTenants.asOwner(acme, () -> over(jobs.startOnList(action, ALL)));
        assertThat(job.state()).isEqualTo(BulkState.DONE);
        return job;
    }

    private BulkJob done(BulkAction action, CustomerSelection selection) {
        BulkJob job = TestTenants.asOwner(acme, () -> over(jobs.start(action, selection)));
        assertThat(job.state()).isEqualTo(BulkState.DONE);
        return job;
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
