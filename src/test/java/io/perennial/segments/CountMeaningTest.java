package io.perennial.segments;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.accounts.Businesses;
import io.perennial.customers.ActivitySource;
import io.perennial.kernel.TenantId;
import io.perennial.segments.RuleContext.IdRange;
import io.perennial.support.IntegrationTest;
import io.perennial.tenancy.SqlFragment;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

/** Counting finds as many as the query that picks, for random rules on random customers of two businesses. */
@IntegrationTest
class CountMeaningTest {

    private static final int CUSTOMERS = 120;
    private static final int RULES = 400;
    private static final List<SegmentId> SEGMENTS = List.of(new SegmentId(1), new SegmentId(2));

    @Autowired
    Businesses businesses;

    @Autowired
    JdbcTemplate jdbc;

    @Autowired
    ObjectProvider<ActivitySource> sources;

    private List<RuleContext> shops = List.of();

    @BeforeEach
    void openTwoShops() {
        shops = List.of(shop("Europe/Prague", 1), shop("America/New_York", 2));
    }

    private RuleContext shop(String zone, long seed) {
        ZoneId zoneId = ZoneId.of(zone);
        TenantId tenant =
                businesses.create("Shop in " + zone, "CZ", Locale.of("cs"), zoneId, Currency.getInstance("CZK"));
        RandomRules others = new RandomRules(new Random(77), LocalDate.now(zoneId));
        RuleScope scope = new TestScope(
                sources.stream().flatMap(s -> s.kinds().stream()).toList(),
                SEGMENTS.stream().collect(Collectors.toMap(id -> id, id -> others.next())));
        RuleContext context = new RuleContext(tenant, zoneId, LocalDate.now(zoneId), scope);
        List<CustomerFacts> customers = new RandomCustomers(new Random(seed), jdbc, context).insert(CUSTOMERS);
        jdbc.update(
                "UPDATE customer SET erased_at = created_at WHERE tenant_id = ? AND id = ?",
                tenant.value(),
                customers.get(5).id());
        return context;
    }

    @Test
    void randomRulesCountAsManyAsTheyPick() {
        RandomRules rules = new RandomRules(new Random(20260102), LocalDate.now(), SEGMENTS);
        int nontrivial = 0;
        for (int i = 0; i < RULES; i++) {
            Rule rule = rules.next();
            for (RuleContext shop : shops) {
                TreeSet<Long> expected = counted(rule, shop);
                nontrivial += !expected.isEmpty() && expected.size() < CUSTOMERS - 1 ? 1 : 0;
            }
        }
        assertThat(nontrivial).as("rules that split the customers").isGreaterThan(RULES);
    }

    private TreeSet<Long> picked(Rule rule, RuleContext shop) {
        SqlFragment query = RuleCompiler.compile(rule, shop);
        return new TreeSet<>(
                jdbc.queryForList(query.sql(), Long.class, query.params().toArray()));
    }

    /** Whom the count has found; they are few enough to be shown, all or the newest of them. */
    private TreeSet<Long> counted(Rule rule, RuleContext shop) {
        TreeSet<Long> all = picked(rule, shop);
        long middle = middle(shop);
        long count = 0;
        TreeSet<Long> shown = new TreeSet<>();
        for (IdRange range : List.of(new IdRange(Long.MIN_VALUE, middle), new IdRange(middle, Long.MAX_VALUE))) {
            SqlFragment query = CountSql.compile(
                    KeptFigures.in(SegmentReferences.inlined(rule, shop.scope()), shop.today()), shop.within(range));
            Map<String, Object> row =
                    jdbc.queryForMap(query.sql(), query.params().toArray());
            count += ((Number) row.get("picked")).longValue();
            shown.addAll(CountSql.idsOf((String) row.get("newest")));
        }
        assertThat(count).as("%s in %s", rule, shop.zone()).isEqualTo(all.size());
        assertThat(all).containsAll(shown);
        assertThat(shown).hasSizeGreaterThanOrEqualTo(Math.min(20, all.size()));
        return all;
    }

    private long middle(RuleContext shop) {
        return jdbc.queryForObject(
                "SELECT id FROM customer WHERE tenant_id = ? ORDER BY id LIMIT 1 OFFSET 50",
                Long.class,
                shop.tenant().value());
    }
}
