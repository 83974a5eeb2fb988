package io.perennial.customers;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.kernel.TenantId;
import io.perennial.support.IntegrationTest;
import io.perennial.support.TestTenants;
import java.io.BufferedWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * Prints how many rows a second an import takes on the database of the tests. Asserts nothing about time. Run it with
 * {@code PERENNIAL_MEASURE=true ./mvnw test -Dtest=ImportSpeedTest}.
 */
@IntegrationTest
@Tag("measure")
@EnabledIfEnvironmentVariable(named = "PERENNIAL_MEASURE", matches = "true")
class ImportSpeedTest {

    private static final int CUSTOMERS = Integer.getInteger("customers", 100_000);
    private static final int LINES = Integer.getInteger("lines", 300_000);

    @Autowired
    CustomerImports imports;

    @Autowired
    TestTenants tenants;

    @TempDir
    Path folder;

    @Test
    void measure() throws Exception {
        TenantId acme = tenants.fresh("Speed");
        Path people = people();
        Path orders = orders();
        CsvFormat format = CsvFormat.STANDARD;
        ImportMapping who = mapping(ImportKind.CUSTOMERS, people);
        ImportMapping what = mapping(ImportKind.ORDERS, orders);
        TestTenants.asOwner(acme, () -> {
            report(
                    "customers, dry run",
                    CUSTOMERS,
                    () -> imports.importCustomers(
                            people, who, ImportOptions.of("p", format).asDryRun()));
            report(
                    "customers, new",
                    CUSTOMERS,
                    () -> imports.importCustomers(people, who, ImportOptions.of("p", format)));
            report(
                    "customers, unchanged",
                    CUSTOMERS,
                    () -> imports.importCustomers(people, who, ImportOptions.of("p", format)));
            report(
                    "order lines, dry run",
                    LINES,
                    () -> imports.importOrders(
                            orders, what, ImportOptions.of("o", format).asDryRun()));
            report("order lines, new", LINES, () -> imports.importOrders(orders, what, ImportOptions.of("o", format)));
            report(
                    "order lines, unchanged",
                    LINES,
                    () -> imports.importOrders(orders, what, ImportOptions.of("o", format)));
        });
    }

    private static void report(String what, int rows, Supplier<ImportResult> work) {
        long start = System.nanoTime();
        ImportResult result = work.get();
        double seconds = (System.nanoTime() - start) / 1e9;
        assertThat(result.counts().rejected()).isZero();
        System.out.printf(
                "%-25s %,10d rows %7.2f s %,10.0f rows/s  %s%n", what, rows, seconds, rows / seconds, result.counts());
    }

    private static ImportMapping mapping(ImportKind kind, Path file) throws Exception {
        try (var lines = Files.lines(file)) {
            return ImportMapping.guess(
                    kind, java.util.List.of(lines.findFirst().orElseThrow().split(",")));
        }
    }

    private Path people() throws Exception {
        Path file = folder.resolve("people.csv");
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write("customer id,email,first name,last name,phone,birthday,city,country,newsletter\n");
            for (int i = 0; i < CUSTOMERS; i++) {
                out.write("C%07d,person%d@example%d.com,First%d,Last%d,+420777%06d,19%02d-0%d-1%d,City%d,CZ,%s%n"
                        .formatted(
                                i,
                                i,
                                i % 50,
                                i % 400,
                                i % 3000,
                                i % 1_000_000,
                                40 + i % 60,
                                1 + i % 9,
                                i % 10,
                                i % 80,
                                i % 3 == 0 ? "yes" : ""));
            }
        }
        return file;
    }

    private Path orders() throws Exception {
        Path file = folder.resolve("orders.csv");
        Random random = new Random(7);
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write("order id,date,customer,unit price,quantity,sku,product,category\n");
            int order = 0;
            int customer = 0;
            int minutes = 0;
            for (int i = 0; i < LINES; i++) {
                if (i % 2 == 0) {
                    order++;
                    customer = random.nextInt(CUSTOMERS);
                    minutes = (int) (i * 1_000_000L / LINES);
                }
                java.time.LocalDateTime at =
                        java.time.LocalDateTime.of(2024, 1, 1, 0, 0).plusMinutes(minutes);
                out.write("O%d,%s,C%07d,%d.50,%d,s%d,Product %d,Category %d%n"
                        .formatted(order, at, customer, 5 + i % 90, 1 + i % 3, i % 500, i % 500, i % 12));
            }
        }
        return file;
    }
}
