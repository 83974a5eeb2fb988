package io.perennial.segments;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.accounts.Businesses;
import io.perennial.kernel.TenantId;
import io.perennial.support.IntegrationTest;
import io.perennial.tenancy.SqlFragment;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

/** The compiled query picks whom the rule means, for random rules on random customers of two businesses. */
@IntegrationTest
class RuleMeaningTest {

    private static final int CUSTOMERS = 120;
    private static final int RULES = 400;

    @Autowired
    Businesses businesses;

    @Autowired
    JdbcTemplate jdbc;

    private record Shop(RuleContext context, List<CustomerFacts> customers) {}

    private List<Shop> shops = List.of();

    @BeforeEach
    void openTwoShops() {
        shops = List.of(shop("Europe/Prague", 1), shop("America/New_York", 2));
    }

    private Shop shop(String zone, long seed) {
        ZoneId zoneId = ZoneId.of(zone);
        TenantId tenant =
                businesses.create("Shop in " + zone, "CZ", Locale.of("cs"), zoneId, Currency.getInstance("CZK"));
        RuleContext context = new RuleContext(tenant, zoneId, LocalDate.now(zoneId));
        return new Shop(context, new RandomCustomers(new Random(seed), jdbc, context).insert(CUSTOMERS));
    }

    @Test
    void randomRulesMeanTheSameInSqlAndInJava() {
        RandomRules rules = new RandomRules(new Random(20260101), LocalDate.now());
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

    private static TreeSet<Long> meant(Rule rule, Shop shop) {
        ReferenceEvaluator evaluator = new ReferenceEvaluator(shop.context());
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
