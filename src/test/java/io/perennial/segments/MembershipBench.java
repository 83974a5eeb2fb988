package io.perennial.segments;

import io.perennial.customers.CustomerAspect;
import io.perennial.customers.CustomerChanges;
import io.perennial.kernel.TenantId;
import io.perennial.scale.ScaleShop;
import io.perennial.support.IntegrationTest;
import io.perennial.support.TestTenants;
import io.perennial.tenancy.TenantSql;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Measures keeping who is in ten segments of a large shop: everything copied to where counts read it, the first fill, a
 * new day's pass, some who changed, and how the largest overlap: {@code ./mvnw -Pbench verify -Dit.test=MembershipBench -Dbench.sizes=1000000}. The segments are taken
 * away again.
 */
@IntegrationTest
@TenantSql("Turns the clock of one business back by a day.")
class MembershipBench {

    private static final ZoneId ZONE = ZoneId.of("Europe/Prague");
    private static final String NAMED = "Bench: ";

    @Autowired
    ApplicationContext application;

    @Autowired
    Segments segments;

    @Autowired
    SegmentArchive archive;

    @Autowired
    MembershipWorker worker;

    @Autowired
    MembershipStates states;

    @Autowired
    Membership membership;

    @Autowired
    CustomerChanges changes;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    JdbcTemplate jdbc;

    private BenchServer server;

    @Test
    void keepsTenSegments() {
        server = new BenchServer(jdbc);
        for (String size : System.getProperty("bench.sizes", "100000").split(",")) {
            TenantId shop = ScaleShop.of(application, Integer.parseInt(size.strip()));
            jdbc.update("UPDATE segment_upkeep SET basis_complete = FALSE WHERE tenant_id = ?", shop.value());
            measure(size, "everybody copied to where counts read them", shop);
            List<SegmentRef> made = new ArrayList<>();
            TestTenants.asOwner(shop, () -> {
                segments.all().stream()
                        .filter(left -> left.name().startsWith(NAMED))
                        .forEach(left -> archive.delete(left.id())); // by a run that was broken off
                List<RealisticRules.Named> rules = RealisticRules.on(LocalDate.now(ZONE));
                for (int i = 0; i < rules.size(); i += 3) {
                    made.add(segments.create(
                            NAMED + rules.get(i).name(), rules.get(i).rule()));
                }
            });
            measure(size, "first fill of ten segments", shop);
            jdbc.update(
                    "UPDATE segment_state SET refreshed_on = DATE_SUB(refreshed_on, INTERVAL 1 DAY) WHERE tenant_id = ?",
                    shop.value());
            jdbc.update(
                    "UPDATE segment_upkeep SET nightly_on = DATE_SUB(nightly_on, INTERVAL 1 DAY) WHERE tenant_id = ?",
                    shop.value());
            measure(size, "a new day's pass", shop);
            for (int changed : new int[] {1, 100, 1_000, 10_000}) {
                noteChanged(shop, changed);
                measure(size, changed + " changed, looked at", shop);
            }
            List<SegmentId> largest = states.all(shop).stream()
                    .sorted(Comparator.comparingLong(KeptState::members).reversed())
                    .map(KeptState::segment)
                    .toList();
            for (int compared = 2; compared <= 3; compared++) {
                overlap(size, shop, largest.subList(0, compared));
            }
            TestTenants.asOwner(shop, () -> made.forEach(ref -> archive.delete(ref.id())));
        }
    }

    /** Notes of customers all over the shop whom any rule may concern; they are as they were. */
    private void noteChanged(TenantId shop, int customers) {
        List<Long> all = jdbc.queryForList(
                "SELECT id FROM customer WHERE tenant_id = ? AND erased_at IS NULL ORDER BY id",
                Long.class,
                shop.value());
        List<Long> some = IntStream.range(0, customers)
                .mapToObj(i -> all.get((int) ((long) i * all.size() / customers)))
                .toList();
        transaction.executeWithoutResult(same -> changes.note(
                shop, EnumSet.of(CustomerAspect.PLACE, CustomerAspect.CONSENT, CustomerAspect.ORDERS), some));
    }

    private void overlap(String size, TenantId shop, List<SegmentId> segments) {
        TestTenants.asOwner(shop, () -> {
            BenchTimes times = new BenchTimes();
            Duration before = server.processor();
            times.measure(5, i -> membership.overlap(segments));
            System.out.printf(
                    Locale.ROOT,
                    "%s customers: overlap of %d segments, %s, %d ms of the server%n",
                    size,
                    segments.size(),
                    times.line(),
                    server.processor().minus(before).toMillis() / 6);
        });
    }

    private void measure(String size, String what, TenantId shop) {
        long began = System.nanoTime();
        Duration before = server.processor();
        long read = server.rowsRead();
        worker.lookAfter(shop);
        double seconds = (System.nanoTime() - began) / 1e9;
        double processor = server.processor().minus(before).toMillis() / 1e3;
        long rows = server.rowsRead() - read;
        long members = states.all(shop).stream().mapToLong(KeptState::members).sum();
        System.out.printf(
                Locale.ROOT,
                "%s customers: %s, %.1f s, %.2f s of the server, %,d rows read, %,d members%n",
                size,
                what,
                seconds,
                processor,
                rows,
                members);
    }
}
