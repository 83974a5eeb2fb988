package io.perennial.customers;

import io.perennial.customers.attributes.CustomerAttributes;
import io.perennial.customers.exports.ExportFormat;
import io.perennial.customers.exports.Exports;
import io.perennial.kernel.CustomerId;
import io.perennial.kernel.TenantId;
import io.perennial.support.IntegrationTest;
import io.perennial.support.TestTenants;
import io.perennial.tenancy.TenantSql;
import java.io.OutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Prints how long what a profile shows takes for 200 random customers, and how fast customers are exported, in the largest
 * business of the tests' database. Asserts nothing about time. Run it with
 * {@code PERENNIAL_MEASURE=true ./mvnw -Pbench verify -Dit.test=ProfileBench} on a database that has such a business.
 */
@IntegrationTest
@TenantSql("Picks random customers of the largest business.")
@EnabledIfEnvironmentVariable(named = "PERENNIAL_MEASURE", matches = "true")
class ProfileBench {

    private static final int PROFILES = 200;

    @Autowired
    Customers customers;

    @Autowired
    CustomerTags tags;

    @Autowired
    ConsentService consents;

    @Autowired
    CustomerTimeline timeline;

    @Autowired
    CustomerAttributes attributes;

    @Autowired
    CustomerList list;

    @Autowired
    Exports exports;

    @Autowired
    JdbcTemplate jdbc;

    @Test
    void measure() {
        long tenant = number("SELECT tenant_id FROM customer /* all tenants */ GROUP BY tenant_id "
                + "ORDER BY COUNT(*) DESC LIMIT 1");
        long first = number("SELECT MIN(id) FROM customer WHERE tenant_id = ?", tenant);
        long last = number("SELECT MAX(id) FROM customer WHERE tenant_id = ?", tenant);
        Random random = new Random(7);
        List<Long> ids = new ArrayList<>();
        while (ids.size() < PROFILES + 20) {
            ids.add(number(
                    "SELECT id FROM customer WHERE tenant_id = ? AND id >= ? ORDER BY id LIMIT 1",
                    tenant,
                    first + (long) (random.nextDouble() * (last - first))));
        }
        TestTenants.asOwner(new TenantId(tenant), () -> {
            List<Long> micros = new ArrayList<>();
            for (int i = 0; i < ids.size(); i++) {
                long start = System.nanoTime();
                open(new CustomerId(ids.get(i)));
                if (i >= 20) { // the first ones warm up
                    micros.add((System.nanoTime() - start) / 1_000);
                }
            }
            Collections.sort(micros);
            System.out.printf(
                    "profile: p50 %.1f ms, p95 %.1f ms, most %.1f ms%n",
                    micros.get(PROFILES / 2) / 1e3, micros.get(PROFILES * 95 / 100) / 1e3, micros.getLast() / 1e3);
            for (ExportFormat format : List.of(ExportFormat.CSV, ExportFormat.XLSX)) {
                long start = System.nanoTime();
                long rows = exports.customers(
                        CustomerSelection.of(CustomerQuery.ALL), List.of(), format, OutputStream.nullOutputStream());
                double seconds = (System.nanoTime() - start) / 1e9;
                System.gc();
                System.out.printf(
                        "export %s: %d rows in %.1f s, %.0f rows/s, heap limit %d MB, used after %d MB%n",
                        format,
                        rows,
                        seconds,
                        rows / seconds,
                        Runtime.getRuntime().maxMemory() >> 20,
                        (Runtime.getRuntime().totalMemory()
                                        - Runtime.getRuntime().freeMemory())
                                >> 20);
            }
        });
    }

    private long number(String sql, Object... params) {
        return Objects.requireNonNull(jdbc.queryForObject(sql, Long.class, params));
    }

    /** Everything that the page asks for. */
    private void open(CustomerId id) {
        customers.require(id);
        customers.summary(id);
        consents.preferences(id);
        tags.of(id);
        list.tags();
        attributes.of(id);
        attributes.list();
        timeline.before(id, Instant.now().plusSeconds(60), 20);
        customers.orders(id, 0, 11);
    }
}
