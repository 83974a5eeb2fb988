package io.perennial.segments;

import static io.perennial.segments.Rule.Condition.of;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.perennial.accounts.ActingAs;
import io.perennial.customers.ConsentService;
import io.perennial.customers.CsvFormat;
import io.perennial.customers.Customer;
import io.perennial.customers.CustomerAspect;
import io.perennial.customers.CustomerChanges;
import io.perennial.customers.CustomerImports;
import io.perennial.customers.CustomerTags;
import io.perennial.customers.Customers;
import io.perennial.customers.Erasures;
import io.perennial.customers.Evidence;
import io.perennial.customers.ImportField;
import io.perennial.customers.ImportMapping;
import io.perennial.customers.ImportOptions;
import io.perennial.customers.SuppressionReason;
import io.perennial.customers.Suppressions;
import io.perennial.kernel.CustomerId;
import io.perennial.kernel.EmailAddress;
import io.perennial.kernel.TenantId;
import io.perennial.kernel.TimeOrderedIds;
import io.perennial.segments.Rule.Field;
import io.perennial.segments.Rule.Group;
import io.perennial.segments.Rule.Match;
import io.perennial.support.IntegrationTest;
import io.perennial.support.TestTenants;
import io.perennial.tenancy.SqlFragment;
import io.perennial.tenancy.TenantSql;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

/** Whatever happens to customers: once the changes are looked at, who is kept in a segment is who fits it. */
@IntegrationTest
@TenantSql("Looks at the kept rows themselves.")
class KeptMembershipTest {

    private static final ZoneId ZONE = ZoneId.of("Europe/Prague");

    @Autowired
    Segments segments;

    @Autowired
    SegmentArchive archive;

    @Autowired
    Rules rules;

    @Autowired
    MembershipWorker worker;

    @Autowired
    MembershipUpkeep upkeep;

    @Autowired
    MembershipStates states;

    @Autowired
    UpkeepClaims claims;

    @Autowired
    CustomerChanges changes;

    @Autowired
    CountBasis basis;

    @Autowired
    Customers customers;

    @Autowired
    CustomerTags tags;

    @Autowired
    ConsentService consents;

    @Autowired
    Suppressions suppressions;

    @Autowired
    Erasures erasures;

    @Autowired
    CustomerImports imports;

    @Autowired
    TestTenants tenants;

    @Autowired
    JdbcTemplate jdbc;

    private final Map<TenantId, List<Long>> people = new HashMap<>();
    private TenantId acme;
    private TenantId globex;

    @BeforeEach
    void twoBusinesses() {
        acme = business("Acme", 11);
        globex = business("Globex", 12);
    }

    private TenantId business(String name, long seed) {
        TenantId tenant = tenants.fresh(name);
        RuleContext context = new RuleContext(tenant, ZONE, LocalDate.now(ZONE));
        people.put(
                tenant,
                new ArrayList<>(new RandomCustomers(new Random(seed), jdbc, context)
                        .insert(60).stream().map(CustomerFacts::id).toList()));
        return tenant;
    }

    @Test
    void afterRandomChangesByTheRealServicesEverySegmentHoldsWhoFitsIt() {
        RandomRules rules = new RandomRules(new Random(5), LocalDate.now(ZONE));
        for (TenantId tenant : List.of(acme, globex)) {
            TestTenants.asOwner(tenant, () -> {
                for (int i = 0; i < 30; i++) {
                    segments.create("Segment " + i, rules.next());
                }
            });
            worker.lookAfter(tenant);
            assertKeptIsExact(tenant, "after the first fill");
        }
        Random random = new Random(99);
        long moves = 0;
        for (int round = 0; round < 8; round++) {
            for (TenantId tenant : List.of(acme, globex)) {
                for (int i = 0; i < 8; i++) {
                    TestTenants.asOwner(tenant, () -> changeSomething(random, tenant));
                }
            }
            assertCountsAreExact(acme, "round " + round + ", before the changes are looked at");
            long acmesMoves = count("segment_move", acme);
            worker.lookAfter(globex);
            assertThat(count("segment_move", acme))
                    .as("another business's changes move nobody here")
                    .isEqualTo(acmesMoves);
            worker.lookAfter(acme);
            for (TenantId tenant : List.of(acme, globex)) {
                assertThat(count("customer_change", tenant)).isZero();
                assertKeptIsExact(tenant, "round " + round);
            }
            moves = count("segment_move", acme);
        }
        assertThat(moves).as("moves in the log").isGreaterThan(30);
    }

    @Test
    void afterManyChangesTheSegmentsConcernedAreLookedAtAsAWhole() {
        SegmentRef prague =
                TestTenants.asOwner(acme, () -> segments.create("Prague", of(Field.CITY, Operator.IS, "Praha")));
        SegmentRef buyers =
                TestTenants.asOwner(acme, () -> segments.create("Buyers", of(Field.ORDERS, Operator.AT_LEAST, "1")));
        worker.lookAfter(acme);
        Instant before = refreshedAt(acme, buyers);
        jdbc.update("UPDATE customer SET city = 'Praha' WHERE tenant_id = ?", acme.value());
        changes.noteAll(acme, CustomerAspect.PROFILE);
        letThePauseBeOver(acme);
        worker.lookAfter(acme);
        assertKeptIsExact(acme, "after everybody moved to Prague");
        assertThat(kept(acme, prague.id())).hasSize(60);
        assertThat(refreshedAt(acme, buyers)).as("orders are not concerned").isEqualTo(before);
        assertThat(refreshedAt(acme, prague)).isAfter(before);
    }

    @Test
    void aNewDayTurnsRulesAboutDaysAndSaysThatOnlyTimePassed() {
        long customer = people.get(acme).getFirst();
        jdbc.update("UPDATE customer SET birthday = ? WHERE tenant_id = ?", LocalDate.of(1980, 1, 1), acme.value());
        LocalDate tomorrow = LocalDate.now(ZONE).plusDays(15);
        jdbc.update(
                "UPDATE customer SET birthday = ?, city = 'Brno' WHERE tenant_id = ? AND id = ?",
                tomorrow.withYear(1984),
                acme.value(),
                customer);
        SegmentRef soon = TestTenants.asOwner(
                acme,
                () -> segments.create(
                        "Birthday soon",
                        new Group(
                                Match.ALL,
                                List.of(
                                        of(Field.CITY, Operator.IS, "Brno"),
                                        of(Field.BIRTHDAY_IN_DAYS, Operator.AT_MOST, "14")))));
        SegmentRef brno = TestTenants.asOwner(acme, () -> segments.create("Brno", of(Field.CITY, Operator.IS, "Brno")));
        worker.lookAfter(acme);
        assertThat(kept(acme, soon.id())).doesNotContain(customer);
        Instant before = refreshedAt(acme, brno);
        // As if the last look had been yesterday, and the birthday a day nearer.
        jdbc.update(
                "UPDATE customer SET birthday = ? WHERE tenant_id = ? AND id = ?",
                tomorrow.minusDays(1).withYear(1984),
                acme.value(),
                customer);
        jdbc.update(
                "UPDATE count_basis SET birthday = ? WHERE tenant_id = ? AND customer_id = ?",
                tomorrow.minusDays(1).withYear(1984),
                acme.value(),
                customer);
        jdbc.update(
                "UPDATE segment_state SET refreshed_on = DATE_SUB(refreshed_on, INTERVAL 1 DAY) WHERE tenant_id = ?",
                acme.value());
        jdbc.update(
                "UPDATE segment_upkeep SET nightly_on = DATE_SUB(nightly_on, INTERVAL 1 DAY) WHERE tenant_id = ?",
                acme.value());
        jdbc.update("DELETE FROM segment_size WHERE tenant_id = ?", acme.value());
        assumeThat(LocalTime.now(ZONE)).isAfter(LocalTime.of(0, 2));
        worker.lookAfter(acme);
        assertThat(kept(acme, soon.id())).contains(customer);
        assertThat(refreshedAt(acme, brno)).as("no day turns a city").isEqualTo(before);
        assertThat(jdbc.queryForMap(
                        "SELECT cause, flipped, perhaps FROM segment_move WHERE tenant_id = ? AND segment_id = ? AND"
                                + " customer_id = ?",
                        acme.value(),
                        soon.id().value(),
                        customer))
                .containsEntry("cause", "TIME")
                .containsEntry("flipped", 2L)
                .containsEntry("perhaps", 0L);
        assertThat(count("segment_size", acme)).as("a point for each segment").isEqualTo(2);
    }

    @Test
    void onceAWeekTheTablesThemselvesAreAskedSoThatAForgottenNoteDoesNotLast() {
        long customer = people.get(acme).getFirst();
        long other = people.get(globex).getFirst();
        SegmentRef brno =
                TestTenants.asOwner(acme, () -> segments.create("Brno", of(Field.CITY, Operator.IS_NOT, "Brno")));
        worker.lookAfter(acme);
        worker.lookAfter(globex);
        boolean was = kept(acme, brno.id()).contains(customer);
        jdbc.update(
                "UPDATE customer SET city = ? WHERE id IN (?, ?) AND tenant_id IN (?, ?)",
                was ? "Brno" : "Praha",
                customer,
                other,
                acme.value(),
                globex.value());
        jdbc.update(
                "UPDATE segment_state SET refreshed_on = DATE_SUB(refreshed_on, INTERVAL 8 DAY) WHERE tenant_id = ?",
                acme.value());
        jdbc.update(
                "UPDATE segment_upkeep SET nightly_on = DATE_SUB(nightly_on, INTERVAL 1 DAY) WHERE tenant_id = ?",
                acme.value());
        assumeThat(LocalTime.now(ZONE)).isAfter(LocalTime.of(0, 2));
        worker.lookAfter(acme);
        assertThat(kept(acme, brno.id()).contains(customer)).isEqualTo(!was);
        assertThat(kept(acme, brno.id())).doesNotContain(other);
    }

    @Test
    void aChangedRuleMovesWhoFitsOnlyTheNewOne() {
        SegmentRef segment =
                TestTenants.asOwner(acme, () -> segments.create("Town", of(Field.CITY, Operator.IS, "Praha")));
        worker.lookAfter(acme);
        TestTenants.asOwner(acme, () -> segments.change(segment.id(), "Town", of(Field.CITY, Operator.IS, "Brno"), 0));
        worker.lookAfter(acme);
        assertKeptIsExact(acme, "after the rule changed");
        assertThat(jdbc.queryForList(
                        "SELECT DISTINCT cause FROM segment_move WHERE tenant_id = ?", String.class, acme.value()))
                .containsExactly("RULE");
        TestTenants.asOwner(acme, () -> archive.delete(segment.id()));
        for (String table :
                List.of("segment_member", "segment_move", "segment_state", "segment_size", "segment_rule")) {
            assertThat(count(table, acme)).as(table).isZero();
        }
    }

    @Test
    void aWorkerThatLostItsClaimWritesNothing() {
        SegmentRef everybody = TestTenants.asOwner(acme, () -> segments.create("Everybody", Rule.everybody()));
        assertThat(claims.claim(acme, "one")).isTrue();
        assertThat(claims.claim(acme, "two")).as("claimed by one").isFalse();
        assertThat(worker.lookAfter(acme)).isFalse();
        jdbc.update(
                "UPDATE segment_upkeep SET claimed_until = ? WHERE tenant_id = ?",
                MembershipStates.utc(Instant.now().minusSeconds(1)),
                acme.value());
        assertThat(claims.claim(acme, "two")).as("after the lease").isTrue();
        assertThatExceptionOfType(UpkeepClaims.ClaimLost.class)
                .isThrownBy(() -> ActingAs.system(acme, () -> upkeep.run("one")));
        assertThat(kept(acme, everybody.id())).isEmpty();
        ActingAs.system(acme, () -> upkeep.run("two"));
        assertThat(kept(acme, everybody.id())).hasSize(60);
        assertThat(count("segment_member", globex)).isZero();
    }

    private void letThePauseBeOver(TenantId tenant) {
        jdbc.update(
                "UPDATE customer_change SET id = ? WHERE tenant_id = ?",
                TimeOrderedIds.firstAt(Instant.now().minus(10, ChronoUnit.SECONDS)),
                tenant.value());
    }

    private Instant refreshedAt(TenantId tenant, SegmentRef segment) {
        return states.all(tenant).stream()
                .filter(s -> s.segment().equals(segment.id()))
                .findFirst()
                .orElseThrow()
                .refreshedAt();
    }

    private long count(String table, TenantId tenant) {
        return jdbc.queryForObject(
                "SELECT COUNT(*) FROM " + table + " WHERE tenant_id = ?", Long.class, tenant.value());
    }

    private TreeSet<Long> kept(TenantId tenant, SegmentId segment) {
        return new TreeSet<>(jdbc.queryForList(
                "SELECT customer_id FROM segment_member WHERE tenant_id = ? AND segment_id = ?",
                Long.class,
                tenant.value(),
                segment.value()));
    }

    /** What counts read of the customers, which may lag behind what was noted. */
    private void assertCountsAreExact(TenantId tenant, String when) {
        TestTenants.asOwner(tenant, () -> {
            for (SegmentDetails segment : segments.all()) {
                SqlFragment query = segments.customersIn(segment.id());
                assertThat(rules.count(segment.rule()))
                        .as("%s: %s", when, segment.rule())
                        .isEqualTo(jdbc.queryForList(
                                        query.sql(), Long.class, query.params().toArray())
                                .size());
            }
        });
    }

    private void assertTheBasisOfCountsIsExact(TenantId tenant, String when) {
        String all = "SELECT * FROM count_basis WHERE tenant_id = ? ORDER BY customer_id";
        List<Map<String, Object>> kept = jdbc.queryForList(all, tenant.value());
        assertThat(basis.changed(tenant))
                .as("complete, and nobody changed since")
                .contains(List.of());
        String words = "SELECT * FROM count_word WHERE tenant_id = ? ORDER BY kind, value, word";
        List<Map<String, Object>> keptWords = jdbc.queryForList(words, tenant.value());
        assertThat(basis.shown(tenant).copy()).isEqualTo(CountCopy.ROWS_AND_WORDS);
        jdbc.update("DELETE FROM count_basis WHERE tenant_id = ?", tenant.value());
        jdbc.update("DELETE FROM count_word WHERE tenant_id = ?", tenant.value());
        Optional<Long> last = Optional.of(Long.MIN_VALUE);
        while (last.isPresent()) {
            last = basis.copyNext(tenant, last.get());
        }
        assertThat(kept).as(when).isEqualTo(jdbc.queryForList(all, tenant.value()));
        assertThat(keptWords).as(when).isNotEmpty().isEqualTo(jdbc.queryForList(words, tenant.value()));
    }

    private void assertKeptIsExact(TenantId tenant, String when) {
        assertTheBasisOfCountsIsExact(tenant, when);
        TestTenants.asOwner(tenant, () -> {
            Map<SegmentId, Long> sizes = new HashMap<>();
            states.all(tenant).forEach(state -> sizes.put(state.segment(), state.members()));
            for (SegmentDetails segment : segments.all()) {
                SqlFragment query = segments.customersIn(segment.id());
                TreeSet<Long> fitting = new TreeSet<>(jdbc.queryForList(
                        query.sql(), Long.class, query.params().toArray()));
                assertThat(kept(tenant, segment.id()))
                        .as("%s: %s", when, segment.rule())
                        .isEqualTo(fitting);
                assertThat(sizes.get(segment.id()))
                        .as("%s: size of %s", when, segment.rule())
                        .isEqualTo(fitting.size());
            }
        });
    }

    private void changeSomething(Random random, TenantId tenant) {
        List<Long> all = people.get(tenant);
        CustomerId id = new CustomerId(all.get(random.nextInt(all.size())));
        Customer customer = customers.find(id).orElse(null);
        if (customer == null) {
            return; // erased
        }
        EmailAddress email = customer.email() == null ? null : new EmailAddress(customer.email());
        switch (random.nextInt(9)) {
            case 0 ->
                customers.save(new Customer(
                        id,
                        customer.externalId(),
                        customer.email(),
                        pick(random, RandomCustomers.NAMES),
                        customer.lastName(),
                        customer.phone(),
                        pick(random, List.of("f", "m")),
                        customer.birthday(),
                        pick(random, RandomCustomers.CITIES),
                        pick(random, List.of("CZ", "PL")),
                        customer.locale(),
                        customer.zone(),
                        customer.createdAt()));
            case 1 ->
                customers.save(new Customer(
                        id,
                        customer.externalId(),
                        "new" + random.nextInt(1_000_000) + "@mail.example",
                        customer.firstName(),
                        customer.lastName(),
                        customer.phone(),
                        customer.gender(),
                        LocalDate.now(ZONE).minusYears(30).plusDays(random.nextInt(60)),
                        customer.city(),
                        customer.country(),
                        pick(random, List.of("cs-CZ", "pl-PL")),
                        customer.zone(),
                        customer.createdAt()));
            case 2 -> tags.replace(id, List.of(pick(random, RandomCustomers.TAGS)));
            case 3 -> consents.grant(id, pick(random, RandomCustomers.TOPICS), Evidence.of("test"));
            case 4 -> consents.withdraw(id, pick(random, RandomCustomers.TOPICS), Evidence.of("test"));
            case 5 -> {
                if (email != null) {
                    suppressions.suppress(email, SuppressionReason.MANUAL, "test");
                }
            }
            case 6 -> {
                if (email != null) {
                    suppressions.liftManual(email);
                }
            }
            case 7 -> order(random, customer);
            default -> {
                if (random.nextInt(4) == 0) {
                    erasures.erase(id, Erasures.confirmationOf(customer));
                } else {
                    importSomebody(random);
                }
            }
        }
    }

    private void order(Random random, Customer customer) {
        if (customer.email() == null) {
            return;
        }
        String row = "n" + random.nextInt(1_000_000) + ","
                + LocalDate.now(ZONE).minusDays(random.nextInt(100)) + "," + customer.email() + ","
                + random.nextInt(300)
                + "," + pick(random, RandomCustomers.PRODUCTS) + "," + pick(random, RandomCustomers.CATEGORIES);
        imports.importOrders(
                text("order,date,email,amount,product,category", row),
                ImportMapping.none()
                        .with(ImportField.ORDER_ID, 0)
                        .with(ImportField.ORDERED_AT, 1)
                        .with(ImportField.EMAIL, 2)
                        .with(ImportField.AMOUNT, 3)
                        .with(ImportField.PRODUCT, 4)
                        .with(ImportField.CATEGORY, 5),
                ImportOptions.of("orders.csv", CsvFormat.STANDARD));
    }

    private void importSomebody(Random random) {
        String row = "person" + random.nextInt(80) + "@shop.example," + pick(random, List.of("Ada", "Jiří")) + ","
                + pick(random, RandomCustomers.CITIES) + "," + pick(random, RandomCustomers.TAGS) + ",yes";
        imports.importCustomers(
                text("email,first,city,tags,newsletter", row),
                ImportMapping.none()
                        .with(ImportField.EMAIL, 0)
                        .with(ImportField.FIRST_NAME, 1)
                        .with(ImportField.CITY, 2)
                        .with(ImportField.TAGS, 3)
                        .with(ImportField.CONSENT, 4),
                ImportOptions.of("people.csv", CsvFormat.STANDARD));
    }

    private static ByteArrayInputStream text(String... lines) {
        return new ByteArrayInputStream((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private static <T> T pick(Random random, List<T> values) {
        return values.get(random.nextInt(values.size()));
    }
}
