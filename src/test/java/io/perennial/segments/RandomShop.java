package io.perennial.segments;

import io.perennial.kernel.TenantId;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.springframework.jdbc.core.JdbcTemplate;

/** Random customers and rules, for tests of pages. */
public final class RandomShop {

    private static final ZoneId ZONE = ZoneId.of("Europe/Prague");

    private RandomShop() {}

    public static void fill(TenantId tenant, JdbcTemplate jdbc, int customers) {
        new RandomCustomers(new Random(8), jdbc, new RuleContext(tenant, ZONE, LocalDate.now(ZONE))).insert(customers);
    }

    /**
     * @param segments that rules may refer to
     */
    public static List<Rule> rules(int count, List<SegmentId> segments) {
        RandomRules rules = new RandomRules(new Random(21), LocalDate.now(ZONE), segments);
        return Stream.generate(rules::next).limit(count).toList();
    }
}
