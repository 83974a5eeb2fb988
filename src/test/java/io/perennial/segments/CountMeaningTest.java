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
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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

    @Autowired
    ScopeQueries queries;

    @Autowired
    CountBasis basis;

    private List<RuleContext> shops = List.of();

    /** Of whom the basis knows no longer how they are, by business. */
    private final Map<TenantId, List<Long>> changed = new HashMap<>();

    private int byBasis;
    private int byWords;

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
                SEGMENTS.stream().collect(Collectors.toMap(id -> id, id -> others.next())),
                seed == 1 ? queries::articles : (own, filter) -> Optional.empty()); // joined in the other shop
        RuleContext context = new RuleContext(tenant, zoneId, LocalDate.now(zoneId), scope);
        List<CustomerFacts> customers = new RandomCustomers(new Random(seed), jdbc, context).insert(CUSTOMERS);
        jdbc.update(
                "UPDATE customer SET erased_at = created_at WHERE tenant_id = ? AND id = ?",
                tenant.value(),
                customers.get(5).id());
        jdbc.update("INSERT INTO segment_upkeep (tenant_id) VALUES (?)", tenant.value());
        for (Optional<Long> last = Optional.of(Long.MIN_VALUE); last.isPresent(); ) {
            last = basis.copyNext(tenant, last.get());
        }
        List<Long> some =
                customers.stream().skip(40).limit(20).map(CustomerFacts::id).toList();
        changed.put(tenant, some);
        jdbc.update(
                "UPDATE count_basis SET city = NULL, country = 'XX', granted = 'offers', withdrawn = '', orders = 77, "
                        + "value = -1, suppressed = 'MANUAL', churn_risk = NULL, created_at = '2001-01-01' "
                        + "WHERE tenant_id = ? AND customer_id BETWEEN ? AND ?",
                tenant.value(),
                some.getFirst(),
                some.get(15));
        jdbc.update(
                "DELETE FROM count_basis WHERE tenant_id = ? AND customer_id BETWEEN ? AND ?",
                tenant.value(),
                some.get(16),
                some.getLast());
        for (Long id : some) {
            jdbc.update(
                    "UPDATE count_word SET bits = bits ^ (1 << (? & 63)) WHERE tenant_id = ? AND word = ? >> 6",
                    id,
                    tenant.value(),
                    id);
        }
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
        assertThat(byBasis).as("rules that are read from the basis").isGreaterThan(RULES / 2);
        assertThat(byWords).as("rules that ask words").isGreaterThan(RULES / 8);
    }

    private TreeSet<Long> picked(Rule rule, RuleContext shop) {
        SqlFragment query = RuleCompiler.compile(rule, shop);
        return new TreeSet<>(
                jdbc.queryForList(query.sql(), Long.class, query.params().toArray()));
    }

    /** Whom the count picks, from the tables alone and with the basis of those who did not change. */
    private TreeSet<Long> counted(Rule rule, RuleContext shop) {
        TreeSet<Long> all = picked(rule, shop);
        long middle = middle(shop);
        Rule asked = KeptFigures.in(SegmentReferences.inlined(rule, shop.scope()), shop.today());
        List<IdRange> halves = List.of(new IdRange(Long.MIN_VALUE, middle), new IdRange(middle, Long.MAX_VALUE));
        List<Long> some = changed.getOrDefault(shop.tenant(), List.of());
        requireFound(
                all, rule, halves.stream().map(half -> CountSql.compile(asked, shop.within(half), CountCopy.NONE)));
        for (CountCopy copy : List.of(CountCopy.ROWS, CountCopy.ROWS_AND_WORDS)) {
            requireFound(
                    all,
                    rule,
                    Stream.concat(
                            halves.stream()
                                    .map(half -> CountSql.compile(
                                            asked, shop.without(some).within(half), copy)),
                            Stream.of(CountSql.compile(asked, shop.among(some), CountCopy.NONE))));
        }
        byWords += CountRoads.best(asked, shop, CountCopy.ROWS_AND_WORDS) == CountCopy.ROWS_AND_WORDS
                        && CountRoads.asksWords(asked, shop)
                ? 1
                : 0;
        byBasis += CountRoads.gainsByBasis(asked, shop) ? 1 : 0;
        return all;
    }

    /** They are few enough to be shown, all or the newest of them. */
    private void requireFound(TreeSet<Long> all, Rule rule, Stream<SqlFragment> parts) {
        long count = 0;
        TreeSet<Long> shown = new TreeSet<>();
        for (SqlFragment query : parts.toList()) {
            Map<String, Object> row =
                    jdbc.queryForMap(query.sql(), query.params().toArray());
            count += ((Number) row.get("picked")).longValue();
            shown.addAll(WordsSql.idsOf((String) row.get("newest")));
        }
        assertThat(count).as("%s", rule).isEqualTo(all.size());
        assertThat(all).containsAll(shown);
        assertThat(shown).hasSizeGreaterThanOrEqualTo(Math.min(20, all.size()));
    }

    private long middle(RuleContext shop) {
        Long id = jdbc.queryForObject(
                "SELECT id FROM customer WHERE tenant_id = ? ORDER BY id LIMIT 1 OFFSET 50",
                Long.class,
                shop.tenant().value());
        return IdRange.beginOfWord(id);
    }
}
