package io.perennial.segments;

import io.perennial.kernel.TenantId;
import io.perennial.scale.ScaleShop;
import io.perennial.support.IntegrationTest;
import io.perennial.support.TestTenants;
import io.perennial.tenancy.TenantSql;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Measures keeping who is in ten segments of a large shop: everything copied to where counts read it, the first fill, and a
 * new day's pass: {@code ./mvnw -Pbench verify -Dit.test=MembershipBench -Dbench.sizes=1000000}. The segments are taken
 * away again.
 */
@IntegrationTest
@TenantSql("Turns the clock of one business back by a day.")
class MembershipBench {

    private static final ZoneId ZONE = ZoneId.of("Europe/Prague");

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
    JdbcTemplate jdbc;

    @Test
    void keepsTenSegments() {
        for (String size : System.getProperty("bench.sizes", "100000").split(",")) {
            TenantId shop = ScaleShop.of(application, Integer.parseInt(size.strip()));
            jdbc.update("UPDATE segment_upkeep SET basis_complete = FALSE WHERE tenant_id = ?", shop.value());
            measure(size, "everybody copied to where counts read them", shop);
            List<SegmentRef> made = new ArrayList<>();
            TestTenants.asOwner(shop, () -> {
                List<RealisticRules.Named> rules = RealisticRules.on(LocalDate.now(ZONE));
                for (int i = 0; i < rules.size(); i += 3) {
                    made.add(segments.create(
                            "Bench: " + rules.get(i).name(), rules.get(i).rule()));
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
            TestTenants.asOwner(shop, () -> made.forEach(ref -> archive.delete(ref.id())));
        }
    }

    private void measure(String size, String what, TenantId shop) {
        long began = System.nanoTime();
        worker.lookAfter(shop);
        long members = states.all(shop).stream().mapToLong(KeptState::members).sum();
        System.out.printf(
                Locale.ROOT,
                "%s customers: %s, %.1f s, %,d members%n",
                size,
                what,
                (System.nanoTime() - began) / 1e9,
                members);
    }
}
