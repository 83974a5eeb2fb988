package io.perennial.customers;

import static io.perennial.customers.ImportedData.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.perennial.customers.CustomerQuery.Sort;
import io.perennial.kernel.CustomerId;
import io.perennial.kernel.EmailAddress;
import io.perennial.kernel.TenantId;
import io.perennial.support.IntegrationTest;
import io.perennial.support.TestTenants;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

@IntegrationTest
class CustomerListTest {

    @Autowired
    CustomerList list;

    @Autowired
    Customers customers;

    @Autowired
    CustomerTags tags;

    @Autowired
    CustomerTimeline timeline;

    @Autowired
    ConsentService consents;

    @Autowired
    Suppressions suppressions;

    @Autowired
    CustomerImports imports;

    @Autowired
    TestTenants tenants;

    @Autowired
    ImportedData data;

    @Autowired
    JdbcTemplate jdbc;

    private TenantId acme;
    private TenantId globex;

    @BeforeEach
    void twoBusinessesWithCustomers() {
        acme = withCustomers("Acme");
        globex = withCustomers("Globex");
    }

    @Test
    void showsOnlyTheCustomersOfTheBusiness() {
        TestTenants.asOwner(acme, () -> {
            assertThat(list.list(CustomerQuery.ALL, 0, 50))
                    .extracting(CustomerListItem::name)
                    .containsExactly("Bob Brown", "Ada Novak", "A4", "eve@example.com");
            assertThat(list.count(CustomerQuery.ALL)).isEqualTo(4);
        });
    }

    @Test
    void searchesNamesAddressesAndIds() {
        assertThat(found("nov")).containsExactly("Ada Novak");
        assertThat(found("Ada")).containsExactly("Ada Novak");
        assertThat(found("ada nov")).containsExactly("Ada Novak");
        assertThat(found("Novak A")).containsExactly("Ada Novak");
        assertThat(found("EVE@ex")).containsExactly("eve@example.com");
        assertThat(found("A4")).containsExactly("A4");
        assertThat(found("%")).isEmpty();
        assertThat(found("'; DROP TABLE customer; --")).isEmpty();
    }

    @Test
    void filtersAndSorts() {
        TestTenants.asOwner(acme, () -> {
            suppressions.suppress(new EmailAddress("bob@example.com"), SuppressionReason.BOUNCED, null);
            consents.withdraw(data.id(acme, "A3"), "news", Evidence.of("phone"));
        });
        assertThat(names(new CustomerQuery(null, true, null, null, null, null, null, Sort.VALUE, true)))
                .containsExactly("Ada Novak", "Bob Brown");
        assertThat(names(new CustomerQuery(null, null, true, null, null, null, null, Sort.NAME, false)))
                .containsExactly("Ada Novak");
        assertThat(names(new CustomerQuery(null, null, false, null, null, null, null, Sort.NAME, false)))
                .hasSize(3);
        assertThat(names(new CustomerQuery(null, null, null, "brno", null, null, null, Sort.NAME, false)))
                .containsExactly("Ada Novak");
        assertThat(names(new CustomerQuery(null, null, null, null, "VIP", null, null, Sort.NAME, false)))
                .containsExactly("Bob Brown");
        assertThat(names(new CustomerQuery(null, null, null, null, null, 30, null, Sort.LAST_ORDER, true)))
                .containsExactly("Bob Brown");
        assertThat(names(new CustomerQuery(null, null, null, null, null, null, 30, Sort.LAST_ORDER, true)))
                .containsExactly("Ada Novak");
    }

    @Test
    void pagesWithoutRepeating() {
        TestTenants.asOwner(acme, () -> {
            List<CustomerListItem> first = list.list(CustomerQuery.ALL, 0, 2);
            List<CustomerListItem> second = list.list(CustomerQuery.ALL, 2, 2);
            assertThat(first).hasSize(2).doesNotContainAnyElementsOf(second);
        });
    }

    @Test
    void pagesFarDownAreTheSameAsThoseAtTheTop() {
        jdbc.update(
                "UPDATE customer SET erased_at = created_at WHERE tenant_id = ? AND id = ?",
                acme.value(),
                data.id(acme, "A3").value());
        TestTenants.asOwner(acme, () -> {
            for (Sort sort : Sort.values()) {
                for (boolean descending : List.of(true, false)) {
                    CustomerQuery query = CustomerQuery.ALL.sortedBy(sort, descending);
                    List<CustomerListItem> all = list.list(query, 0, 50);
                    assertThat(all).hasSize(3);
                    assertThat(list.pageByKeys(acme, query, 0, 2)).isEqualTo(all.subList(0, 2));
                    assertThat(list.pageByKeys(acme, query, 1, 50)).isEqualTo(all.subList(1, 3));
                }
            }
        });
    }

    @Test
    void offersTheTagsAndCitiesThatAreInUseHere() {
        TestTenants.asOwner(globex, () -> tags.replace(data.id(globex, "A1"), List.of("theirs")));
        TestTenants.asOwner(acme, () -> {
            tags.replace(data.id(acme, "A1"), List.of("gold", "vip"));
            assertThat(list.tags()).containsExactly("gold", "vip");
            assertThat(list.cities("")).containsExactly("Brno", "Praha");
            assertThat(list.cities("p")).containsExactly("Praha");
            assertThat(list.cities("%")).containsExactly("Brno", "Praha");
            assertThat(list.cities("x")).isEmpty();
        });
    }

    @Test
    void oneTimelineTellsEverything() {
        CustomerId ada = data.id(acme, "A1");
        TestTenants.asOwner(acme, () -> {
            consents.grant(ada, "news", new Evidence("phone", "Yes, mail me"));
            List<TimelineEntry> entries = timeline.before(ada, Instant.now().plusSeconds(5), 50);
            assertThat(entries).extracting(TimelineEntry::kind).containsExactly("consent", "import", "order", "order");
            assertThat(entries.getFirst().detail()).contains("Yes, mail me");
            assertThat(timeline.before(ada, entries.get(2).at(), 50)).hasSize(1);
        });
    }

    @Test
    void figuresTellTheRhythm() {
        Instant first = Instant.parse("2026-01-01T00:00:00Z");
        CustomerSummary summary =
                new CustomerSummary(6, 5, first, first.plus(40, ChronoUnit.DAYS), new java.math.BigDecimal("600"));
        assertThat(summary.rhythmDays()).isEqualTo(10);
        assertThat(summary.lateDays(first.plus(45, ChronoUnit.DAYS))).isZero();
        assertThat(summary.lateDays(first.plus(90, ChronoUnit.DAYS))).isEqualTo(40);
        assertThat(summary.averageOrder()).isEqualByComparingTo("100");
    }

    @Test
    void nobodyReachesACustomerOfAnotherBusiness() {
        CustomerId ada = data.id(acme, "A1");
        String before = data.checksum(acme);
        TestTenants.asOwner(globex, () -> {
            assertThat(customers.find(ada)).isEmpty();
            assertThatExceptionOfType(CustomerNotFound.class).isThrownBy(() -> customers.require(ada));
            assertThat(customers.orders(ada, 0, 10)).isEmpty();
            assertThat(tags.of(ada)).isEmpty();
            assertThat(customers.summary(ada).orders()).isZero();
            assertThatExceptionOfType(CustomerNotFound.class).isThrownBy(() -> tags.replace(ada, List.of("stolen")));
            assertThatExceptionOfType(CustomerNotFound.class).isThrownBy(() -> timeline.before(ada, Instant.now(), 10));
            Customer theirs = TestTenants.asOwner(acme, () -> customers.require(ada));
            assertThatExceptionOfType(CustomerNotFound.class).isThrownBy(() -> customers.save(theirs));
        });
        long order = TestTenants.asOwner(
                acme, () -> customers.orders(ada, 0, 1).getFirst().id());
        TestTenants.asOwner(globex, () -> assertThat(customers.lines(order)).isEmpty());
        assertThat(data.checksum(acme)).isEqualTo(before);
    }

    @Test
    void editsAndTagsAreKept() {
        CustomerId ada = data.id(acme, "A1");
        TestTenants.asOwner(acme, () -> {
            Customer c = customers.require(ada);
            customers.save(new Customer(
                    ada,
                    c.externalId(),
                    "ada@new.example",
                    "Adele",
                    c.lastName(),
                    null,
                    "female",
                    null,
                    c.city(),
                    "CZ",
                    null,
                    null,
                    c.createdAt()));
            tags.replace(ada, List.of("gold", " ", "Gold"));
            assertThat(customers.require(ada).firstName()).isEqualTo("Adele");
            assertThat(tags.of(ada)).hasSize(1);
        });
    }

    @Test
    void aTagIsPutOnAndTakenOffByItselfAndRefusedInWords() {
        CustomerId ada = data.id(acme, "A1");
        TestTenants.asOwner(acme, () -> {
            tags.replace(ada, List.of());
            tags.add(ada, " gold ");
            tags.add(ada, "vip");
            tags.add(ada, "GOLD");
            tags.remove(ada, "vip");
            assertThat(tags.of(ada)).containsExactly("gold");
            assertThatExceptionOfType(TagRefused.class)
                    .isThrownBy(() -> tags.add(ada, "x".repeat(CustomerTags.LONGEST + 1)))
                    .withMessageContaining("60 characters");
            assertThatExceptionOfType(TagRefused.class).isThrownBy(() -> tags.add(ada, "  "));
            List<String> most =
                    IntStream.range(0, CustomerTags.MOST).mapToObj(n -> "t" + n).toList();
            tags.replace(ada, most);
            assertThatExceptionOfType(TagRefused.class)
                    .isThrownBy(() -> tags.add(ada, "one more"))
                    .withMessageContaining("50 tags");
            assertThat(tags.of(ada)).hasSameSizeAs(most);
        });
        String before = data.checksum(acme);
        TestTenants.asOwner(globex, () -> {
            assertThatExceptionOfType(CustomerNotFound.class).isThrownBy(() -> tags.add(ada, "stolen"));
            assertThatExceptionOfType(CustomerNotFound.class).isThrownBy(() -> tags.remove(ada, "t1"));
            assertThat(customers.former(ada)).isEmpty();
        });
        assertThat(data.checksum(acme)).isEqualTo(before);
    }

    private List<String> found(String text) {
        return names(new CustomerQuery(text, null, null, null, null, null, null, Sort.NAME, false));
    }

    private List<String> names(CustomerQuery query) {
        return TestTenants.asOwner(acme, () -> {
            List<String> names =
                    list.list(query, 0, 50).stream().map(CustomerListItem::name).toList();
            assertThat(list.count(query)).isEqualTo(names.size());
            return names;
        });
    }

    private TenantId withCustomers(String name) {
        TenantId tenant = tenants.fresh(name);
        LocalDate today = LocalDate.now(java.time.ZoneOffset.UTC);
        TestTenants.asOwner(tenant, () -> {
            String header = "id,email,first name,last name,phone,city,tags";
            imports.importCustomers(
                    text(
                            header,
                            "A1,ada@example.com,Ada,Novak,,Brno,",
                            "A2,bob@example.com,Bob,Brown,,Praha,vip",
                            "A3,eve@example.com,,,,,",
                            "A4,,,,+420 777,,"),
                    ImportMapping.guess(ImportKind.CUSTOMERS, List.of(header.split(","))),
                    ImportOptions.of("people.csv", CsvFormat.STANDARD));
            String orders = "order,date,customer,amount,product";
            imports.importOrders(
                    text(
                            orders,
                            "1," + today.minusDays(200) + ",A1,100,Tea",
                            "2," + today.minusDays(100) + ",A1,100,Cup",
                            "3," + today.minusDays(3) + ",A2,50,Tea"),
                    ImportMapping.guess(ImportKind.ORDERS, List.of(orders.split(","))),
                    ImportOptions.of("orders.csv", CsvFormat.STANDARD));
        });
        return tenant;
    }
}
