package io.perennial.customers;

import static io.perennial.customers.ImportedData.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.perennial.accounts.Role;
import io.perennial.customers.attributes.AttributeDefinitions;
import io.perennial.customers.attributes.AttributeId;
import io.perennial.customers.attributes.AttributeText;
import io.perennial.customers.attributes.AttributeType;
import io.perennial.customers.attributes.AttributeValue;
import io.perennial.customers.attributes.CustomerAttributes;
import io.perennial.customers.records.CustomerRecords;
import io.perennial.delivery.Outbox;
import io.perennial.delivery.RunId;
import io.perennial.delivery.RunSpec;
import io.perennial.kernel.CustomerId;
import io.perennial.kernel.EmailAddress;
import io.perennial.kernel.TenantId;
import io.perennial.promotions.Shop;
import io.perennial.support.IntegrationTest;
import io.perennial.support.TestTenants;
import io.perennial.tenancy.SqlFragment;
import io.perennial.tenancy.TenantSql;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.security.access.AccessDeniedException;

/** Two customers become one and two again, in every table. */
@IntegrationTest
@TenantSql("Compares the rows of all tables before and after.")
class CustomerMergesTest {

    private static final ImportMapping PEOPLE = ImportMapping.none()
            .with(ImportField.EXTERNAL_ID, 0)
            .with(ImportField.EMAIL, 1)
            .with(ImportField.FIRST_NAME, 2)
            .with(ImportField.LAST_NAME, 3)
            .with(ImportField.PHONE, 4)
            .with(ImportField.BIRTHDAY, 5)
            .with(ImportField.CITY, 6)
            .with(ImportField.TAGS, 7);
    private static final ImportMapping ORDERS = ImportMapping.none()
            .with(ImportField.ORDER_ID, 0)
            .with(ImportField.ORDERED_AT, 1)
            .with(ImportField.EXTERNAL_ID, 2)
            .with(ImportField.AMOUNT, 3)
            .with(ImportField.PRODUCT, 4);
    private static final ImportOptions OPTIONS = ImportOptions.of("people.csv", CsvFormat.STANDARD);

    @Autowired
    CustomerMerges merges;

    @Autowired
    MergePreviews previews;

    @Autowired
    MergeUpkeep upkeep;

    @Autowired
    DuplicateFinder finder;

    @Autowired
    Duplicates duplicates;

    @Autowired
    PersonalTables tables;

    @Autowired
    PersonExport export;

    @Autowired
    Erasures erasures;

    @Autowired
    Customers customers;

    @Autowired
    CustomerRecords records;

    @Autowired
    CustomerTags tags;

    @Autowired
    ConsentService consents;

    @Autowired
    CustomerChoices choices;

    @Autowired
    Suppressions suppressions;

    @Autowired
    CustomerImports imports;

    @Autowired
    Outbox outbox;

    @Autowired
    AttributeDefinitions definitions;

    @Autowired
    CustomerAttributes attributes;

    @Autowired
    Shop shop;

    @Autowired
    ImportedData data;

    @Autowired
    JdbcTemplate jdbc;

    private TenantId acme;
    private TenantId globex;
    private CustomerId ada;
    private CustomerId twin;

    @BeforeEach
    void twins() {
        acme = shop.open("Acme");
        globex = shop.open("Globex");
        fill(globex);
        fill(acme);
        ada = data.id(acme, "A1");
        twin = data.id(acme, "A2");
    }

    private void fill(TenantId tenant) {
        TestTenants.asOwner(tenant, () -> {
            imports.importCustomers(
                    text(
                            "id,email,first,last,phone,birthday,city,tags",
                            "A1,ada.nova@gmail.com,Ada,Nováková,,1980-02-29,Brno,vip;tea",
                            "A2,adanova+shop@googlemail.com,ada,Novakova,+420 777 123 987,1980-02-29,,tea;coffee",
                            "A3,bob@example.com,Bob,Black,00420777123987,,Brno,"),
                    PEOPLE,
                    OPTIONS);
            imports.importOrders(
                    text(
                            "order,date,id,amount,product",
                            "O-1,2026-01-02,A1,100,Coffee",
                            "O-2,2026-02-02,A2,50,Tea",
                            "O-3,2026-02-03,A2,30,Tea"),
                    ORDERS,
                    OPTIONS);
            CustomerId one = data.id(tenant, "A1");
            CustomerId two = data.id(tenant, "A2");
            consents.grant(one, "news", new Evidence("shop", "Yes"));
            consents.withdraw(two, "news", Evidence.of("phone"));
            choices.pause(two, Duration.ofDays(30), Evidence.of("page"));
            suppressions.suppress(new EmailAddress("adanova+shop@googlemail.com"), SuppressionReason.COMPLAINED, "ARF");
            RunId both = run(tenant, "c.external_id IN ('A1', 'A2')");
            RunId only = run(tenant, "c.external_id = 'A2'");
            for (RunId run : List.of(both, only)) {
                jdbc.update(
                        "INSERT INTO message_event (tenant_id, id, message_id, run_id, customer_id, kind, verdict, at) "
                                + "SELECT tenant_id, id, id, run_id, customer_id, 'OPEN', 'HUMAN', UTC_TIMESTAMP(6) "
                                + "FROM message WHERE tenant_id = ? AND run_id = ?",
                        tenant.value(),
                        run.value());
            }
        });
    }

    private RunId run(TenantId tenant, String who) {
        RunId run = outbox.open(new RunSpec(
                "test", System.nanoTime(), "Spring", "Acme", new EmailAddress("shop@shop.example"), null, null));
        outbox.enqueue(
                run,
                SqlFragment.of(
                        "SELECT c.id, c.email FROM customer c WHERE c.tenant_id = ? AND " + who, tenant.value()));
        return run;
    }

    @Test
    void everyTableWithACustomerSaysWhatBecomesOfItsRows() {
        List<String> found = jdbc.queryForList(
                "SELECT table_name FROM information_schema.columns WHERE table_schema = DATABASE() "
                        + "AND column_name = 'customer_id'",
                String.class);
        assertThat(found).hasSizeGreaterThan(12);
        assertThat(tables.all().stream()
                        .filter(table -> table.merging() != null)
                        .map(PersonalTable::name))
                .as("tables with a customer, declared with .merging(...) in their feature's PersonalData")
                .containsAll(
                        found.stream().filter(name -> !name.equals("erasure")).toList());
    }

    /** A table that cannot hold two of a kind must not be declared as if it could. */
    @Test
    void noRuleRunsIntoAUniqueKey() {
        for (PersonalTable table : tables.all()) {
            MergeRule rule = table.merging();
            if (rule == null || rule.way() != MergeRule.Way.MOVES) {
                continue;
            }
            List<String> unique = jdbc.queryForList(
                    "SELECT s.index_name FROM information_schema.statistics s WHERE s.table_schema = DATABASE() "
                            + "AND s.table_name = ? AND s.non_unique = 0 AND s.column_name = 'customer_id'",
                    String.class,
                    table.name());
            assertThat(unique).as(table.name() + " moves freely").isEmpty();
        }
    }

    @Test
    void whatTheyHaveIsOnesAndTheStricterWins() {
        String others = data.checksum(globex);
        TestTenants.as(acme, Role.SUPPORT, () -> {
            MergePreview preview = previews.of(ada, twin);
            assertThat(preview.moved())
                    .containsEntry("customer_order", 2L)
                    .containsEntry("message", 1L)
                    .containsEntry("customer_tag", 1L)
                    .containsEntry("customer_pause", 1L);
            assertThat(preview.staying()).containsEntry("message", 1L).containsEntry("customer_tag", 1L);
            assertThat(preview.withdrawn()).hasSize(1);
            assertThat(preview.suppressed()).isEqualTo(SuppressionReason.COMPLAINED);
            merges.merge(ada, twin, Set.of("first_name"), Set.of());
        });
        TestTenants.asOwner(acme, () -> {
            Customer one = customers.require(ada);
            assertThat(one.firstName()).isEqualTo("ada");
            assertThat(one.phone()).isEqualTo("+420 777 123 987");
            assertThat(one.email()).isEqualTo("ada.nova@gmail.com");
            assertThat(customers.find(twin)).isEmpty();
            assertThat(records.findByEmail("adanova+shop@googlemail.com")).isEmpty();
            assertThat(tags.of(ada)).containsExactlyInAnyOrder("vip", "tea", "coffee");
            assertThat(customers.summary(ada).orders()).isEqualTo(3);
            assertThat(customers.summary(ada).value()).isEqualByComparingTo("180");
            assertThat(consents.preferences(ada).getFirst().status()).isEqualTo(ConsentStatus.WITHDRAWN);
            assertThat(choices.pausedUntil(ada)).isPresent();
            assertThat(suppressions
                            .find(new EmailAddress("ada.nova@gmail.com"))
                            .orElseThrow()
                            .reason())
                    .isEqualTo(SuppressionReason.COMPLAINED);
            assertThat(suppressions.isSuppressed(new EmailAddress("adanova+shop@googlemail.com")))
                    .isTrue();
            // What stayed behind belongs to the copy of the survivor's data as well.
            assertThat(export.json(ada)).contains("adanova+shop@googlemail.com");
        });
        assertThat(data.count(acme, "consent_change")).isEqualTo(2);
        assertThat(data.checksum(globex)).isEqualTo(others);
    }

    @Test
    void whoWasMergedAwayIsCalledByWhatFilesStillNameThemBy() {
        TestTenants.asOwner(acme, () -> {
            CustomerMerge done = merges.merge(ada, twin, Set.of(), Set.of());
            assertThat(done.mergedName()).isEqualTo("adanova+shop@googlemail.com");
            assertThat(merges.of(ada))
                    .singleElement()
                    .extracting(CustomerMerge::mergedName)
                    .isEqualTo("adanova+shop@googlemail.com");
        });
        assertThat(TestTenants.asOwner(globex, () -> merges.of(ada))).isEmpty();
    }

    @Test
    void takingItBackRestoresEveryTableExactly() {
        Map<String, String> before = everything();
        CustomerMerge done = TestTenants.asOwner(
                acme, () -> merges.merge(ada, twin, Set.of("email", "external_id", "city"), Set.of()));
        assertThat(everything()).isNotEqualTo(before);
        CustomerMerges.Undone undone = TestTenants.asOwner(acme, () -> merges.undo(done.id()));
        assertThat(undone.isWhole()).isTrue();
        assertThat(undone.newOrders()).isZero();
        assertThat(everything()).isEqualTo(before);
        TestTenants.asOwner(
                acme, () -> assertThatExceptionOfType(MergeRefused.class).isThrownBy(() -> merges.undo(done.id())));
    }

    @Test
    void attributesAreChosenOneByOneAndComeBackAsTheyWere() {
        AttributeId shop = TestTenants.asOwner(acme, () -> attribute("shop", AttributeType.TEXT, List.of()));
        AttributeId teas =
                TestTenants.asOwner(acme, () -> attribute("teas", AttributeType.LIST, List.of("Green", "Black")));
        AttributeId size = TestTenants.asOwner(acme, () -> attribute("size", AttributeType.NUMBER, List.of()));
        TestTenants.asOwner(acme, () -> {
            attributes.set(ada, shop, new AttributeValue.Text("Brno"));
            attributes.set(twin, shop, new AttributeValue.Text("Praha"));
            attributes.set(ada, teas, AttributeValue.Choices.of(1));
            attributes.set(twin, teas, AttributeValue.Choices.of(1, 2));
            attributes.set(twin, size, new AttributeValue.Number(new BigDecimal("42")));
        });
        Map<String, String> before = everything();
        CustomerMerge done = TestTenants.asOwner(acme, () -> merges.merge(ada, twin, Set.of(), Set.of(teas)));
        TestTenants.asOwner(
                acme,
                () -> assertThat(values(ada))
                        .as("the chosen one of the other, the rest its own, and what only the other had")
                        .containsExactlyInAnyOrderEntriesOf(
                                Map.of("shop", "Brno", "teas", "Green; Black", "size", "42")));
        TestTenants.asOwner(
                acme, () -> assertThat(merges.undo(done.id()).isWhole()).isTrue());
        assertThat(everything()).isEqualTo(before);

        CustomerMerge again = TestTenants.asOwner(acme, () -> merges.merge(ada, twin, Set.of(), Set.of(shop, teas)));
        TestTenants.asOwner(acme, () -> {
            attributes.set(ada, shop, new AttributeValue.Text("Ostrava"));
            assertThat(merges.undo(again.id()).kept()).contains("shop");
            assertThat(values(ada)).containsEntry("shop", "Ostrava").containsEntry("teas", "Green");
            assertThat(values(twin)).containsEntry("shop", "Praha").containsEntry("teas", "Green; Black");
        });
    }

    @Test
    void whatTheSuppressionListAndPeopleHadSaidComesBackAsItWas() {
        CustomerId bob = data.id(acme, "A3");
        TestTenants.asOwner(acme, () -> {
            suppressions.suppress(new EmailAddress("ada.nova@gmail.com"), SuppressionReason.MANUAL, "asked by phone");
            jdbc.update(
                    "UPDATE suppression SET at = at - INTERVAL 40 DAY WHERE tenant_id = ? AND email = ?",
                    acme.value(),
                    "ada.nova@gmail.com");
            find(LocalDateTime.of(2000, 1, 1, 0, 0));
            duplicates.dismiss(twin, bob, true);
        });
        Map<String, String> before = everything();
        String pairs = said(acme);
        assertThat(pairs).contains("OWNER");
        CustomerMerge done = TestTenants.asOwner(acme, () -> merges.merge(ada, twin, Set.of(), Set.of()));
        assertThat(said(acme)).isNotEqualTo(pairs);
        TestTenants.asOwner(acme, () -> {
            assertThat(suppressions
                            .find(new EmailAddress("ada.nova@gmail.com"))
                            .orElseThrow()
                            .reason())
                    .isEqualTo(SuppressionReason.COMPLAINED);
            merges.undo(done.id());
        });
        assertThat(everything().get("suppression")).isEqualTo(before.get("suppression"));
        assertThat(said(acme)).isEqualTo(pairs);
    }

    private String said(TenantId tenant) {
        return data.rows(tenant, "duplicate_pair").stream()
                .filter(row -> row.get("dismissed_at") != null)
                .map(Object::toString)
                .sorted()
                .toList()
                .toString();
    }

    private AttributeId attribute(String key, AttributeType type, List<String> choices) {
        return definitions.define(key, key, type, choices).id();
    }

    private Map<String, String> values(CustomerId customer) {
        Map<String, String> values = new TreeMap<>();
        attributes.of(customer).forEach((one, value) -> values.put(one.key(), AttributeText.write(one, value)));
        return values;
    }

    @Test
    void whatChangedSinceIsListedAndStays() {
        CustomerMerge done = TestTenants.asOwner(acme, () -> merges.merge(ada, twin, Set.of(), Set.of()));
        TestTenants.asOwner(acme, () -> {
            Customer one = customers.require(ada);
            customers.save(new Customer(
                    ada,
                    one.externalId(),
                    one.email(),
                    "Adéla",
                    one.lastName(),
                    one.phone(),
                    null,
                    one.birthday(),
                    one.city(),
                    null,
                    null,
                    null,
                    one.createdAt()));
            consents.grant(ada, "news", new Evidence("shop", "Yes again"));
            imports.importOrders(text("order,date,id,amount,product", "O-9,2026-03-03,A1,10,Tea"), ORDERS, OPTIONS);
            CustomerMerges.Undone undone = merges.undo(done.id());
            assertThat(undone.kept()).containsExactly("first_name");
            assertThat(undone.tables()).containsExactly("consent");
            assertThat(undone.newOrders()).isEqualTo(1);
            assertThat(customers.require(ada).firstName()).isEqualTo("Adéla");
            assertThat(customers.require(ada).phone()).isNull();
            assertThat(customers.require(twin).phone()).isEqualTo("+420 777 123 987");
            assertThat(customers.summary(twin).orders()).isEqualTo(2);
            assertThat(customers.summary(ada).orders()).isEqualTo(2);
        });
    }

    @Test
    void filesThatStillNameTheMergedOneBringTheirOrdersToTheSurvivor() {
        CustomerMerge done = TestTenants.asOwner(acme, () -> merges.merge(ada, twin, Set.of(), Set.of()));
        TestTenants.asOwner(acme, () -> {
            imports.importCustomers(
                    text("id,email,first,last,phone,birthday,city,tags", "A2,adanova+shop@googlemail.com,Ada,Nova,,,,"),
                    PEOPLE,
                    OPTIONS);
            imports.importOrders(text("order,date,id,amount,product", "O-4,2026-04-04,A2,20,Tea"), ORDERS, OPTIONS);
        });
        assertThat(data.count(acme, "customer")).isEqualTo(3);
        upkeep.handOn();
        TestTenants.asOwner(acme, () -> {
            assertThat(customers.summary(ada).orders()).isEqualTo(4);
            assertThat(customers.find(twin)).isEmpty();
            merges.undo(done.id());
            assertThat(customers.summary(twin).orders()).isEqualTo(3);
        });
    }

    @Test
    void erasingTheSurvivorErasesAllThatWasMergedIntoThem() {
        TestTenants.asOwner(acme, () -> {
            merges.merge(ada, twin, Set.of(), Set.of());
            erasures.erase(ada, "ada.nova@gmail.com");
            assertThat(erasures.erasedAt("adanova+shop@googlemail.com")).isPresent();
        });
        assertThat(data.rows(acme, "customer"))
                .filteredOn(row -> row.get("email") != null)
                .hasSize(1);
        assertThat(data.count(acme, "customer_merge")).isZero();
        assertThat(data.rows(acme, "message").toString()).doesNotContain("gmail", "googlemail");
    }

    @Test
    void onlyWhoMayMergesAndOnlyTheirOwn() {
        TestTenants.as(
                acme,
                Role.ANALYST,
                () -> assertThatExceptionOfType(AccessDeniedException.class)
                        .isThrownBy(() -> merges.merge(ada, twin, Set.of(), Set.of())));
        TestTenants.asOwner(
                globex,
                () -> assertThatExceptionOfType(CustomerNotFound.class)
                        .isThrownBy(() -> merges.merge(ada, twin, Set.of(), Set.of())));
        TestTenants.asOwner(
                globex,
                () -> assertThatExceptionOfType(CustomerNotFound.class)
                        .isThrownBy(() -> merges.merge(data.id(globex, "A1"), twin, Set.of(), Set.of())));
        CustomerMerge done = TestTenants.asOwner(acme, () -> merges.merge(ada, twin, Set.of(), Set.of()));
        TestTenants.asOwner(
                globex, () -> assertThatExceptionOfType(MergeRefused.class).isThrownBy(() -> merges.undo(done.id())));
        jdbc.update("UPDATE customer_merge SET at = at - INTERVAL 31 DAY WHERE tenant_id = ?", acme.value());
        TestTenants.asOwner(
                acme, () -> assertThatExceptionOfType(MergeRefused.class).isThrownBy(() -> merges.undo(done.id())));
    }

    @Test
    void pairsAreFoundRankedDismissedAndForgotten() {
        find(LocalDateTime.of(1970, 1, 1, 0, 0));
        // Nobody changed since: what was found stays.
        find(LocalDateTime.now(java.time.Clock.systemUTC()).plusHours(1));
        TestTenants.asOwner(acme, () -> {
            assertThat(duplicates.list(0, 10))
                    .extracting(
                            pair -> pair.first().name() + " / " + pair.second().name() + " " + pair.signs())
                    .containsExactly(
                            "Ada Nováková / ada Novakova [ADDRESS, NAME_AND_BIRTHDAY]",
                            "ada Novakova / Bob Black [PHONE]");
            duplicates.dismiss(data.id(acme, "A3"), twin, true);
            assertThat(duplicates.count()).isEqualTo(1);
        });
        find(LocalDateTime.of(1970, 1, 1, 0, 0));
        assertThat(TestTenants.asOwner(acme, () -> duplicates.count())).isEqualTo(1);
        // Somebody whose birthday turns out to be another is less likely the same.
        int score =
                TestTenants.asOwner(acme, () -> duplicates.list(0, 1).getFirst().score());
        jdbc.update(
                "UPDATE customer SET birthday = '1981-01-01', updated_at = UTC_TIMESTAMP(6) + INTERVAL 1 DAY "
                        + "WHERE tenant_id = ? AND id = ?",
                acme.value(),
                twin.value());
        find(LocalDateTime.now(java.time.Clock.systemUTC()).plusHours(1));
        TestTenants.asOwner(acme, () -> {
            assertThat(duplicates.list(0, 1).getFirst().score()).isLessThan(score);
            merges.merge(ada, twin, Set.of(), Set.of());
            assertThat(duplicates.count()).isZero();
        });
        assertThat(data.count(globex, "duplicate_pair")).isZero();
    }

    private void find(LocalDateTime since) {
        TestTenants.asOwner(
                acme, () -> finder.find(acme, since, LocalDateTime.now(java.time.Clock.systemUTC()), () -> {}));
    }

    /** All tables with a customer, and the customers, without what only says when a row was last written. */
    private Map<String, String> everything() {
        Map<String, String> all = new TreeMap<>();
        List<String> names = new java.util.ArrayList<>(
                tables.all().stream().map(PersonalTable::name).toList());
        names.addAll(List.of("customer", "suppression"));
        for (String name : names) {
            if (name.equals("suppression_change") || name.equals("segment_member") || name.equals("segment_move")) {
                continue; // logs of what happened, which it did
            }
            all.put(
                    name,
                    data.rows(acme, name).stream()
                            .peek(row -> row.remove("updated_at"))
                            .map(row -> row.entrySet().stream()
                                    .map(e -> e.getKey() + "="
                                            + (e.getValue() instanceof byte[] b
                                                    ? java.util.Arrays.toString(b)
                                                    : e.getValue()))
                                    .toList()
                                    .toString())
                            .sorted()
                            .toList()
                            .toString());
        }
        return all;
    }
}
