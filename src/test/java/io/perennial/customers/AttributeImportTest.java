package io.perennial.customers;

import static io.perennial.customers.ImportedData.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.perennial.accounts.Role;
import io.perennial.customers.ImportPolicy.Blanks;
import io.perennial.customers.ImportPolicy.Identity;
import io.perennial.customers.ImportPolicy.UnknownChoices;
import io.perennial.customers.ImportPolicy.Upsert;
import io.perennial.customers.attributes.AttributeChoice;
import io.perennial.customers.attributes.AttributeDefinitions;
import io.perennial.customers.attributes.AttributeText;
import io.perennial.customers.attributes.AttributeType;
import io.perennial.customers.attributes.AttributeValue;
import io.perennial.customers.attributes.CustomerAttribute;
import io.perennial.customers.attributes.CustomerAttributes;
import io.perennial.customers.imports.UndoPlan;
import io.perennial.kernel.TenantId;
import io.perennial.support.IntegrationTest;
import io.perennial.support.TestTenants;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;

/** Columns of a file that are attributes of the business. */
@IntegrationTest
class AttributeImportTest {

    private static final String HEADER = "id;email;Note;Shoe size;Member since;member;Úroveň;likes";
    private static final ImportPolicy CLEAR =
            new ImportPolicy(Blanks.CLEAR, Upsert.ADD_AND_UPDATE, Identity.EXTERNAL_ID);
    private static final ImportPolicy ADD = ImportPolicy.STANDARD.with(UnknownChoices.ADD);
    /** As a shop in Brno writes: semicolons, decimal commas, the day first. */
    private static final CsvFormat CZECH = new CsvFormat(
            CsvFormat.Separator.SEMICOLON,
            java.nio.charset.StandardCharsets.UTF_8,
            true,
            CsvFormat.Decimal.COMMA,
            true,
            "");

    @Autowired
    CustomerImports imports;

    @Autowired
    ImportJobs jobs;

    @Autowired
    ImportUndo undo;

    @Autowired
    Erasures erasures;

    @Autowired
    SavedMappings saved;

    @Autowired
    AttributeDefinitions definitions;

    @Autowired
    CustomerAttributes attributes;

    @Autowired
    TestTenants tenants;

    @Autowired
    ImportedData data;

    @Autowired
    ShopRows rows;

    @TempDir
    Path folder;

    private TenantId acme;
    private TenantId globex;
    private String globexBefore;

    @BeforeEach
    void twoBusinessesWithTheSameAttributes() {
        acme = tenants.fresh("Acme");
        globex = tenants.fresh("Globex");
        for (TenantId tenant : List.of(globex, acme)) {
            TestTenants.asOwner(tenant, () -> {
                definitions.define("note", "Note", AttributeType.TEXT, List.of());
                definitions.define("shoe_size", "Shoe size", AttributeType.NUMBER, List.of());
                definitions.define("since", "Member since", AttributeType.DATE, List.of());
                definitions.define("member", "Is a member", AttributeType.YES_NO, List.of());
                definitions.define("level", "Úroveň", AttributeType.CHOICE, List.of("Zlatá", "Stříbrná"));
                definitions.define("likes", "Likes", AttributeType.LIST, List.of("Tea", "Cups, plates", "Books"));
            });
            assertThat(run(tenant, "A1;ada@x.example;old;37,5;;;Zlatá;Books").created())
                    .isEqualTo(1);
        }
        globexBefore = data.checksum(globex);
    }

    @Test
    void eachTypeIsReadAsTheFileWritesIt() {
        String[] file = {
            "A1;;Vip, likes tea;38,333333333;29.3.2024;ano;stribrna;\"TEA; Cups, plates\"",
            "B1;bob@x.example;;-1;2024-03-29;no;;Books|tea"
        };
        ImportCounts dry =
                result(acme, options(ImportPolicy.STANDARD).asDryRun(), file).counts();
        assertThat(values(acme, "A1")).containsEntry("note", "old");
        assertThat(run(acme, file)).isEqualTo(dry).isEqualTo(new ImportCounts(2, 1, 1, 0, 0, 0));
        assertThat(values(acme, "A1"))
                .isEqualTo(Map.of(
                        "note", "Vip, likes tea",
                        "shoe_size", "38.333333",
                        "since", "2024-03-29",
                        "member", "yes",
                        "level", "Stříbrná",
                        "likes", "Tea; Cups, plates"));
        assertThat(values(acme, "B1"))
                .isEqualTo(Map.of("shoe_size", "-1", "since", "2024-03-29", "member", "no", "likes", "Tea; Books"));
        assertThat(run(acme, file)).as("again").isEqualTo(new ImportCounts(2, 0, 0, 2, 0, 0));
        assertThat(data.checksum(globex)).isEqualTo(globexBefore);
    }

    @Test
    void whatAnAttributeCannotHaveLeavesTheRowOutAndSaysWhy() {
        ImportResult result = result(
                acme,
                options(ImportPolicy.STANDARD),
                "A1;;new;huge;;;;",
                "B1;;;;30.2.2024;;;",
                "C1;;;;;perhaps;;",
                "D1;;;;;;Bronzová;",
                "E1;;;;;;;Tea, wine",
                "F1;;" + "x".repeat(501) + ";;;;;",
                "G1;;fine;;;;;");
        assertThat(result.counts()).isEqualTo(new ImportCounts(7, 1, 0, 0, 6, 0));
        assertThat(result.firstRejected())
                .extracting(RejectedRow::line, RejectedRow::column, RejectedRow::reason)
                .containsExactlyInAnyOrder(
                        tuple(2L, "Shoe size", "This is not a number that can be used here."),
                        tuple(3L, "Member since", "There is no such day or time."),
                        tuple(4L, "member", "This is neither yes nor no."),
                        tuple(5L, "Úroveň", "“Bronzová” is none of the choices. Choices are: Zlatá, Stříbrná."),
                        tuple(6L, "likes", "“wine” is none of the choices. Choices are: Tea, Cups, plates, Books."),
                        tuple(7L, "Note", "Longer than 500 characters."));
        assertThat(values(acme, "A1")).containsEntry("note", "old").containsEntry("shoe_size", "37.5");
        assertThat(data.count(acme, "customer")).isEqualTo(2);
    }

    @Test
    void unknownChoicesBecomeChoicesIfAskedToAndAllowed() {
        String[] file = {"A1;;;;;;bronzova;Wine", "B1;;;;;;Bronzová;Tea", "C1;;;perhaps;;;Never;"};
        assertThat(result(acme, options(ADD).asDryRun(), file).counts()).isEqualTo(new ImportCounts(3, 1, 1, 0, 1, 0));
        assertThat(choices(acme, "level")).containsExactly("Zlatá", "Stříbrná");
        assertThat(result(acme, options(ADD), file).counts()).isEqualTo(new ImportCounts(3, 1, 1, 0, 1, 0));
        assertThat(choices(acme, "level")).containsExactly("Zlatá", "Stříbrná", "Bronzová");
        assertThat(choices(acme, "likes")).containsExactly("Tea", "Cups, plates", "Books", "Wine");
        assertThat(values(acme, "B1")).containsEntry("level", "Bronzová");
        assertThat(choices(globex, "level")).containsExactly("Zlatá", "Stříbrná");
        assertThat(data.rows(acme, "audit_entry"))
                .filteredOn(row -> "attributes.deed.changed".equals(row.get("deed")))
                .extracting(row -> String.valueOf(row.get("changes")))
                .anySatisfy(changes -> assertThat(changes).contains("Bronzová"));
        TestTenants.as(
                acme,
                Role.MARKETER,
                () -> assertThatExceptionOfType(ImportRefused.class)
                        .isThrownBy(
                                () -> imports.importCustomers(text(HEADER, "D1;;;;;;Nová;"), mapping(), options(ADD)))
                        .withMessageContaining("may change settings"));
    }

    @Test
    void aRowThatIsLeftOutAddsNoChoiceAndThereAreTwoHundredAtMost() {
        String[] many = IntStream.range(0, 210)
                .mapToObj(i -> "N" + i + ";;;;;;Level " + i + ";" + (i == 0 ? "c".repeat(101) : ""))
                .toArray(String[]::new);
        ImportCounts dry = result(acme, options(ADD).asDryRun(), many).counts();
        ImportResult real = result(acme, options(ADD), many);
        assertThat(real.counts()).isEqualTo(dry);
        assertThat(choices(acme, "level"))
                .hasSize(200)
                .doesNotContain("Level 0")
                .contains("Level 198");
        assertThat(real.counts().rejected()).isEqualTo(12);
    }

    @Test
    void anArchivedChoiceIsForThoseWhoHaveIt() {
        TestTenants.asOwner(acme, () -> {
            CustomerAttribute level = attributes.find("level").orElseThrow();
            definitions.saveChoices(
                    level.id(),
                    level.choices().stream().filter(c -> c.number() != 1).toList());
        });
        for (ImportPolicy policy : List.of(ImportPolicy.STANDARD, ADD)) {
            ImportResult result = result(acme, options(policy), "A1;;;;;;Zlatá;", "B1;;;;;;zlata;");
            assertThat(result.counts()).isEqualTo(new ImportCounts(2, 0, 0, 1, 1, 0));
            assertThat(result.firstRejected().getFirst().reason()).contains("“Zlatá” is archived");
        }
    }

    @Test
    void blankCellsLeaveWhatIsStoredOrDeleteIt() {
        assertThat(run(acme, "A1;;;;;;;")).isEqualTo(new ImportCounts(1, 0, 0, 1, 0, 0));
        String[] file = {"A1;;;39;;;;"};
        ImportCounts dry = result(acme, options(CLEAR).asDryRun(), file).counts();
        assertThat(result(acme, options(CLEAR), file).counts())
                .isEqualTo(dry)
                .isEqualTo(new ImportCounts(1, 0, 1, 0, 0, 0, 0, 3));
        assertThat(values(acme, "A1")).isEqualTo(Map.of("shoe_size", "39"));
        assertThat(data.checksum(globex)).isEqualTo(globexBefore);
    }

    @Test
    void undoingGivesValuesBackAndTakesAwayWhoWasMade() throws Exception {
        String before = rows.of(acme);
        long job = job("A1;;new;38;29.3.2024;yes;Stříbrná;Tea", "B1;;hello;1;;;;Books");
        assertThat(rows.of(acme)).isNotEqualTo(before);
        assertThat(TestTenants.asOwner(acme, () -> undo.preview(job))).isEqualTo(new UndoCounts(1, 1, 0, 0, 0, 0, 0));
        assertThat(undone(job).counts()).isEqualTo(new UndoCounts(1, 1, 0, 0, 0, 0, 0));
        assertThat(rows.of(acme)).isEqualTo(before);
        assertThat(data.checksum(globex)).isEqualTo(globexBefore);
    }

    @Test
    void undoingLeavesWhatWasChangedSince() throws Exception {
        long job = job("A1;;new;38;;;;", "B1;;hello;;;;;", "C1;;hello;;;;;");
        TestTenants.asOwner(acme, () -> {
            set("A1", "note", new AttributeValue.Text("by hand"));
            set("B1", "shoe_size", new AttributeValue.Number(BigDecimal.ONE));
        });
        assertThat(undone(job).counts()).isEqualTo(new UndoCounts(1, 1, 0, 0, 0, 0, 2));
        assertThat(values(acme, "A1")).containsEntry("note", "by hand").containsEntry("shoe_size", "37.5");
        assertThat(values(acme, "B1")).containsEntry("note", "hello").containsEntry("shoe_size", "1");
        assertThat(TestTenants.asOwner(acme, () -> undo.kept(job, 0, 10)))
                .extracting(UndoPlan.Kept::reason)
                .containsOnly(UndoPlan.Reason.CHANGED_SINCE);
        assertThat(rows.of(acme)).doesNotContain("C1");
    }

    @Test
    void whoeverWasErasedIsInNoJournalOfValues() throws Exception {
        long job = job("A1;;new;38;;;;");
        TestTenants.asOwner(acme, () -> erasures.erase(data.id(acme, "A1"), "ada@x.example"));
        assertThat(undone(job).counts()).isEqualTo(UndoCounts.NONE);
        assertThat(data.count(acme, "customer_text")).isZero();
    }

    @Test
    void columnsAreGuessedByNameAndRememberedByKey() {
        ImportMapping guessed = TestTenants.asOwner(acme, () -> mapping());
        assertThat(guessed.columns()).hasSize(2);
        assertThat(guessed.attributes())
                .isEqualTo(Map.of("note", 2, "shoe_size", 3, "since", 4, "member", 5, "level", 6, "likes", 7));
        TestTenants.asOwner(acme, () -> {
            List<String> header = List.of(HEADER.split(";"));
            saved.save(ImportKind.CUSTOMERS, "till", header, guessed, options(ADD));
            SavedMapping found = saved.recognise(header).orElseThrow();
            assertThat(found.in(header)).isEqualTo(guessed);
            assertThat(found.fits(header)).isTrue();
            assertThat(found.columns()).isEqualTo(8);
            assertThat(found.settings().policy()).isEqualTo(ADD);
            assertThat(found.in(List.of("likes", "id")).attributes()).isEqualTo(Map.of("likes", 0));
        });
        TestTenants.asOwner(
                globex,
                () -> assertThat(saved.recognise(List.of(HEADER.split(";")))).isEmpty());
    }

    @Test
    void anAttributeThatIsArchivedOrAnotherBusinesssIsRefusedBeforeAnythingIsRead() {
        ImportMapping before = TestTenants.asOwner(acme, () -> mapping());
        TestTenants.asOwner(globex, () -> definitions.define("theirs", "Theirs", AttributeType.TEXT, List.of()));
        TestTenants.asOwner(acme, () -> {
            assertThatExceptionOfType(ImportRefused.class)
                    .isThrownBy(() -> imports.importCustomers(
                            text(HEADER, "B1;;x;;;;;"),
                            ImportMapping.none()
                                    .with(ImportField.EXTERNAL_ID, 0)
                                    .with("theirs", 2),
                            options(ImportPolicy.STANDARD)))
                    .withMessageContaining("theirs");
            definitions.archive(attributes.find("note").orElseThrow().id());
            assertThatExceptionOfType(ImportRefused.class)
                    .isThrownBy(() ->
                            imports.importCustomers(text(HEADER, "B1;;x;;;;;"), before, options(ImportPolicy.STANDARD)))
                    .withMessageContaining("note");
        });
        assertThat(data.count(acme, "customer")).isEqualTo(1);
    }

    private void set(String customer, String key, AttributeValue value) {
        attributes.set(
                data.id(acme, customer), attributes.find(key).orElseThrow().id(), value);
    }

    private long job(String... lines) throws Exception {
        Path file = Files.writeString(
                Files.createTempFile(folder, "import", ".csv"), HEADER + "\n" + String.join("\n", lines) + "\n");
        long id = TestTenants.asOwner(
                acme, () -> jobs.start(ImportKind.CUSTOMERS, file, mapping(), options(ImportPolicy.STANDARD)));
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> TestTenants.asOwner(
                        acme, () -> jobs.find(id).orElseThrow().state().isOver() && !jobs.isHere(id)));
        return id;
    }

    private UndoJob undone(long job) {
        assertThat(TestTenants.asOwner(acme, () -> undo.undo(job))).isTrue();
        return Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(
                        () -> TestTenants.asOwner(acme, () -> undo.find(job)).orElseThrow(),
                        it -> it.state().isOver());
    }

    private List<String> choices(TenantId tenant, String key) {
        return TestTenants.asOwner(
                tenant,
                () -> attributes.find(key).orElseThrow().offered().stream()
                        .map(AttributeChoice::name)
                        .toList());
    }

    private Map<String, String> values(TenantId tenant, String customer) {
        return TestTenants.asOwner(
                tenant,
                () -> attributes.of(data.id(tenant, customer)).entrySet().stream()
                        .collect(Collectors.toMap(
                                e -> e.getKey().key(), e -> AttributeText.write(e.getKey(), e.getValue()))));
    }

    private ImportCounts run(TenantId tenant, String... lines) {
        return result(tenant, options(ImportPolicy.STANDARD), lines).counts();
    }

    private ImportResult result(TenantId tenant, ImportOptions options, String... lines) {
        return TestTenants.asOwner(
                tenant,
                () -> imports.importCustomers(text(HEADER + "\n" + String.join("\n", lines)), mapping(), options));
    }

    private ImportMapping mapping() {
        List<String> header = List.of(HEADER.split(";"));
        return ImportMapping.guess(ImportKind.CUSTOMERS, header).guessing(attributes.list(), header);
    }

    private static ImportOptions options(ImportPolicy policy) {
        return ImportOptions.of("people.csv", CZECH).with(policy);
    }
}
