package io.perennial.segments;

import static org.awaitility.Awaitility.await;

import io.perennial.customers.CustomerList;
import io.perennial.customers.CustomerQuery;
import io.perennial.customers.CustomerQuery.Sort;
import io.perennial.customers.CustomerTags;
import io.perennial.customers.CustomerTimeline;
import io.perennial.customers.Customers;
import io.perennial.kernel.CustomerId;
import io.perennial.kernel.TenantId;
import io.perennial.scale.ScaleShop;
import io.perennial.segments.RealisticRules.Kind;
import io.perennial.segments.RealisticRules.Named;
import io.perennial.support.IntegrationTest;
import io.perennial.support.TestTenants;
import io.perennial.tenancy.SqlFragment;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Measures what a person waits for in a shop of growing size: the count with its sample for thirty rules as businesses make
 * them, a profile, the list of customers: {@code ./mvnw -Pbench verify -Dit.test=SegmentBench}. Sizes by
 * {@code -Dbench.sizes=10000,100000,1000000}, one shop among many by {@code -Dbench.shops=200x10000}; how often each by {@code -Dbench.runs=7}; only some rules by
 * {@code -Dbench.rules=<regular expression>}. How each rule's tables are read, and its figures, are left in {@code target/segment-bench}.
 */
@IntegrationTest
class SegmentBench {

    private static final ZoneId ZONE = ZoneId.of("Europe/Prague");
    private static final int RUNS = Integer.getInteger("bench.runs", 7);
    private static final int SHOWN = 10;
    private static final List<String> PLAN = List.of("select_type", "table", "type", "key", "rows", "Extra");

    /** What of a plan says how a table is read, and not how the words of 64 customers are put together. */
    private static final Pattern READ = Pattern.compile("scan on|lookup on|antijoin|Sort|ix_|uk_|PRIMARY");

    private static final Pattern OWN = Pattern.compile(" on (<temporary>|(words|leaves|picked)\\b)");

    @Autowired
    ApplicationContext application;

    @Autowired
    Segments segments;

    @Autowired
    Rules rules;

    @Autowired
    Customers customers;

    @Autowired
    CustomerTags tags;

    @Autowired
    CustomerTimeline timeline;

    @Autowired
    CustomerList list;

    @Autowired
    MembershipWorker worker;

    @Autowired
    CountBasis basis;

    @Autowired
    JdbcTemplate jdbc;

    private final List<String> table = new ArrayList<>();

    @Test
    void shopsOfGrowingSize() throws IOException {
        String version = jdbc.queryForObject("SELECT VERSION()", String.class);
        String database = (version.contains("MariaDB") ? "MariaDB " : "MySQL ") + version.replaceFirst("-.*", "");
        String many = System.getProperty("bench.shops", "");
        String sizes = System.getProperty("bench.sizes", many.isEmpty() ? "100000" : "");
        for (String size : sizes.isEmpty() ? new String[0] : sizes.split(",")) {
            TenantId shop = ScaleShop.of(application, Integer.parseInt(size.strip()));
            measure(database, Integer.parseInt(size.strip()), shop);
        }
        if (!many.isEmpty()) { // one shop in the middle of many
            String[] parts = many.split("x");
            int size = Integer.parseInt(parts[1]);
            List<TenantId> shops = ScaleShop.many(application, Integer.parseInt(parts[0]), size);
            measure(database, size, shops.get(shops.size() / 2));
        }
        System.out.println(String.join(System.lineSeparator(), table));
        Files.writeString(folder().resolve("table.txt"), String.join("\n", table) + "\n");
    }

    private void measure(String database, int size, TenantId shop) {
        // Copies everybody to where counts read them, once changes no longer stream in.
        await().atMost(Duration.ofMinutes(10))
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> {
                    worker.lookAfter(shop);
                    return basis.changed(shop).isPresent();
                });
        TestTenants.asOwner(shop, () -> measured(database, size, shop));
    }

    private void measured(String database, int size, TenantId shop) {
        Map<String, BenchTimes> groups = new LinkedHashMap<>();
        StringBuilder each = new StringBuilder();
        BenchServer server = new BenchServer(jdbc);
        RuleContext context = new RuleContext(shop, ZONE, LocalDate.now(ZONE));
        for (Named named : RealisticRules.on(context.today())) {
            if (named.name().matches(System.getProperty("bench.rules", ".*"))) {
                BenchTimes times = new BenchTimes();
                long[] found = {0};
                Duration before = server.processor();
                times.measure(
                        RUNS,
                        i -> found[0] =
                                rules.look(named.rule(), SHOWN, progress -> {}).count());
                long cpu = server.processor().minus(before).toMillis() / (RUNS + 1);
                groups.computeIfAbsent("count and sample, " + words(named.kind()), kind -> new BenchTimes())
                        .add(times);
                String line = String.format(
                        Locale.ROOT,
                        "%-8s %-45s %,10d  %s  %,6d ms of the server",
                        named.kind(),
                        named.name(),
                        found[0],
                        times.line(),
                        cpu);
                System.out.println(line);
                each.append(line)
                        .append('\n')
                        .append(plan(named.rule(), context))
                        .append('\n');
            }
        }
        BenchTimes all = new BenchTimes();
        all.measure(RUNS * 3, i -> rules.count(Rule.everybody()));
        groups.put("count of everybody", all);
        List<Long> some = jdbc.queryForList(
                "SELECT id FROM customer WHERE tenant_id = ? AND id % 997 = 3 LIMIT 200", Long.class, shop.value());
        BenchTimes profile = new BenchTimes();
        profile.measure(100, i -> open(new CustomerId(some.get(i * 13 % some.size()))));
        groups.put("profile", profile);
        BenchTimes pages = new BenchTimes();
        pages.measure(RUNS * 3, i -> {
            list.list(CustomerQuery.ALL, 0, 50);
            list.count(CustomerQuery.ALL);
        });
        groups.put("list, first page and count", pages);
        BenchTimes deep = new BenchTimes();
        deep.measure(RUNS, i -> list.list(CustomerQuery.ALL, size / 2 + 50L * i, 50));
        groups.put("list, a page in the middle", deep);
        BenchTimes unmailable = new BenchTimes();
        unmailable.measure(
                RUNS, i -> list.count(new CustomerQuery(null, null, false, null, null, null, null, Sort.NAME, false)));
        groups.put("count of who cannot be mailed", unmailable);
        Runtime runtime = Runtime.getRuntime();
        double heap = (runtime.totalMemory() - runtime.freeMemory()) / 1048576.0;
        double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        groups.forEach((what, times) -> table.add(String.format(
                Locale.ROOT,
                "%-14s %,11d customers  %-36s %s  heap %,4.0f MB, load %.1f",
                database,
                size,
                what,
                times.line(),
                heap,
                load)));
        try {
            Files.writeString(
                    folder().resolve(database.replaceFirst(" .*", "").toLowerCase(Locale.ROOT) + "-" + size + ".txt"),
                    each);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private void open(CustomerId customer) {
        customers.require(customer);
        customers.summary(customer);
        customers.orders(customer, 0, 20);
        tags.of(customer);
        timeline.before(customer, Instant.now(), 50);
    }

    /** As the database would run the first half of the customers. */
    private String plan(Rule rule, RuleContext context) {
        Long middle = jdbc.queryForObject(
                "SELECT (MIN(id) + MAX(id)) DIV 128 * 64 FROM customer WHERE tenant_id = ?",
                Long.class,
                context.tenant().value());
        SqlFragment sql = CountSql.compile(
                KeptFigures.in(rule, context.today()),
                context.within(new RuleContext.IdRange(Long.MIN_VALUE, middle)),
                basis.shown(context.tenant()).copy());
        StringBuilder plan = new StringBuilder();
        jdbc.query(
                "EXPLAIN " + sql.sql(),
                row -> {
                    PLAN.stream()
                            .map(column -> column(row, column))
                            .collect(Collectors.joining(" "))
                            .lines()
                            .map(String::strip)
                            .filter(line -> READ.matcher(line).find()
                                    && !OWN.matcher(line).find())
                            .forEach(line -> plan.append("  ").append(line).append('\n'));
                },
                sql.params().toArray());
        return plan.toString();
    }

    /** MySQL gives a tree in one column, MariaDB a table. */
    private static String column(ResultSet row, String name) {
        try {
            boolean tree = row.getMetaData().getColumnCount() == 1;
            String value = tree ? name.equals("table") ? row.getString(1) : "" : row.getString(name);
            return Objects.requireNonNullElse(value, "");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String words(Kind kind) {
        return switch (kind) {
            case PROFILE -> "profile";
            case SUMMARY -> "summary";
            case ORDERS -> "orders";
        };
    }

    private static Path folder() throws IOException {
        return Files.createDirectories(Path.of("target", "segment-bench"));
    }
}
