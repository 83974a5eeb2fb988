package io.perennial.segments;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.accounts.Businesses;
import io.perennial.customers.ActivitySource;
import io.perennial.kernel.CustomerId;
import io.perennial.kernel.TenantId;
import io.perennial.support.IntegrationTest;
import io.perennial.support.TestTenants;
import io.perennial.tenancy.SqlFragment;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

/** The compiled query picks whom the rule means, for random rules on random customers of two businesses. */
@IntegrationTest
class RuleMeaningTest {

    private static final int CUSTOMERS = 120;
    private static final int RULES = 500;
    private static final List<SegmentId> SEGMENTS = List.of(new SegmentId(1), new SegmentId(2), new SegmentId(3));

    @Autowired
    Businesses businesses;

    @Autowired
    JdbcTemplate jdbc;

    @Autowired
    CustomerFactsReader reader;

    @Autowired
    ObjectProvider<ActivitySource> sources;

    @Autowired
    ScopeQueries queries;

    private record Shop(RuleContext context, List<CustomerFacts> customers, RandomCustomers made) {}

    /** No test changes them. */
    private static List<Shop> shops = List.of();

    @BeforeEach
    void openTwoShops() {
        if (!shops.isEmpty()) {
            return;
        }
        shops = List.of(shop("Europe/Prague", 1), shop("America/New_York", 2));
    }

    private Shop shop(String zone, long seed) {
        ZoneId zoneId = ZoneId.of(zone);
        TenantId tenant =
                businesses.create("Shop in " + zone, "CZ", Locale.of("cs"), zoneId, Currency.getInstance("CZK"));
        RandomRules rules = new RandomRules(new Random(99), LocalDate.now(zoneId));
        RuleScope scope = new TestScope(
                sources.stream().flatMap(s -> s.kinds().stream()).toList(),
                SEGMENTS.stream().collect(Collectors.toMap(id -> id, id -> rules.next())),
                seed == 1 ? queries::articles : (own, filter) -> Optional.empty()); // joined in the other shop
        RuleContext context = new RuleContext(tenant, zoneId, LocalDate.now(zoneId), scope);
        RandomCustomers made = new RandomCustomers(new Random(seed), jdbc, context);
        return new Shop(context, made.insert(CUSTOMERS), made);
    }

    @Test
    void randomRulesMeanTheSameInSqlAndInJava() {
        RandomRules rules = new RandomRules(new Random(20260101), LocalDate.now(), SEGMENTS);
        int nontrivial = 0;
        for (int i = 0; i < RULES; i++) {
            Rule rule = rules.next();
            for (Shop shop : shops) {
                TreeSet<Long> expected = meant(rule, shop);
                assertThat(picked(rule, shop))
                        .as("rule %d of %s: %s", i, shop.context().zone(), rule)
                        .isEqualTo(expected);
                nontrivial += !expected.isEmpty() && expected.size() < CUSTOMERS ? 1 : 0;
            }
        }
        assertThat(nontrivial).as("rules that split the customers").isGreaterThan(RULES);
    }

    @Test
    void everyFieldAndOperatorMeansTheSameInSqlAndInJava() {
        RandomRules rules = new RandomRules(new Random(7), LocalDate.now());
        for (Rule.Field field : Rule.Field.values()) {
            for (int i = 0; i < 4 * field.type().operators().size(); i++) {
                Rule rule = rules.condition(field);
                for (Shop shop : shops) {
                    assertThat(picked(rule, shop)).as(rule.toString()).isEqualTo(meant(rule, shop));
                }
            }
        }
    }

    @Test
    void whatCustomersDidWithSomeMailingMeansTheSameInSqlAndInJava() {
        for (Shop shop : shops) {
            RandomRules rules = new RandomRules(new Random(11), shop.context().today());
            for (String kind : RandomRules.KINDS) {
                for (int i = 0; i < 30; i++) {
                    Rule rule = rules.activity(kind, shop.made().about(kind));
                    assertThat(picked(rule, shop)).as(rule.toString()).isEqualTo(meant(rule, shop));
                }
            }
        }
    }

    @Test
    void theFactsOfACustomerAreReadAsTheyAre() {
        for (Shop shop : shops) {
            for (CustomerFacts made : shop.customers()) {
                CustomerFacts read = TestTenants.asOwner(
                        shop.context().tenant(),
                        () -> reader.read(new CustomerId(made.id())).orElseThrow());
                assertThat(read)
                        .usingRecursiveComparison()
                        .ignoringCollectionOrder()
                        .withComparatorForType(Comparator.naturalOrder(), BigDecimal.class)
                        .isEqualTo(made);
            }
        }
        TestTenants.asOwner(
                shops.getFirst().context().tenant(),
                () -> assertThat(reader.read(new CustomerId(
                                shops.getLast().customers().getFirst().id())))
                        .isEmpty());
    }

    @Test
    void everyEvaluationExplainsItself() {
        RandomRules rules = new RandomRules(new Random(5), LocalDate.now(), SEGMENTS);
        for (int i = 0; i < 200; i++) {
            Rule rule = rules.next();
            Shop shop = shops.getFirst();
            CustomerFacts customer = shop.customers().get(i % CUSTOMERS);
            RuleEvaluator evaluator = new RuleEvaluator(shop.context());
            Evaluation why = evaluator.evaluate(rule, customer);
            assertThat(why.holds()).isEqualTo(evaluator.matches(rule, customer));
            assertExplained(why, "");
        }
    }

    private static void assertExplained(Evaluation why, String path) {
        assertThat(why.path()).isEqualTo(path.isEmpty() ? "/" : path);
        assertThat(why.sentence()).isNotBlank().doesNotContain("segments.").doesNotContain(".activity.");
        assertThat(why.value()).doesNotContain("segments.");
        assertThat(why.value().isBlank())
                .as(why.sentence())
                .isEqualTo(!why.parts().isEmpty());
        for (int i = 0; i < why.parts().size(); i++) {
            assertExplained(why.parts().get(i), path + "/" + i);
        }
    }

    @Test
    void everyAttributeAndOperatorMeansTheSameInSqlAndInJava() {
        RandomRules rules = new RandomRules(new Random(17), LocalDate.now());
        for (RuleAttribute attribute : RandomAttributes.ALL) {
            for (int i = 0; i < 4 * attribute.fieldType().operators().size(); i++) {
                Rule rule = rules.attribute(attribute);
                for (Shop shop : shops) {
                    assertThat(picked(rule, shop)).as(rule.toString()).isEqualTo(meant(rule, shop));
                }
            }
        }
    }

    private static TreeSet<Long> meant(Rule rule, Shop shop) {
        RuleEvaluator evaluator = new RuleEvaluator(shop.context());
        TreeSet<Long> ids = new TreeSet<>();
        shop.customers().stream().filter(c -> evaluator.matches(rule, c)).forEach(c -> ids.add(c.id()));
        return ids;
    }

    private TreeSet<Long> picked(Rule rule, Shop shop) {
        SqlFragment query = RuleCompiler.compile(rule, shop.context());
        List<Long> ids =
                jdbc.queryForList(query.sql(), Long.class, query.params().toArray());
        assertThat(ids).as("each once").doesNotHaveDuplicates();
        return new TreeSet<>(ids);
    }
}
