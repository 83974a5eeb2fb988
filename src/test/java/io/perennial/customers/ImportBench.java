package io.perennial.customers;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.OperatingSystemMXBean;
import io.perennial.kernel.TenantId;
import io.perennial.support.IntegrationTest;
import io.perennial.support.TestTenants;
import io.perennial.support.ThreadKinds;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Measures imports of growing size, each into a business of its own: {@code ./mvnw -Pbench verify -Dit.test=ImportBench}.
 *
 * <ul>
 *   <li>{@code -Dbench.rows=10000,100000,1000000}: sizes, in rows of each file; up to 5,000,000 are tried.
 *   <li>{@code -Dbench.lines=2,5}: lines of an order. An order and its customer's summary cost the same with two lines as
 *       with twenty, so that this decides what a line costs.
 *   <li>{@code -Dbench.orders=5}: orders of a customer, of any number of lines; 0.75 (with 2 lines) is what decision 0203 measured first.
 *   <li>{@code -Dbench.kinds=customers,lines}: what is imported. {@code -Dbench.only=new}: without checks and repetitions.
 * </ul>
 */
@IntegrationTest
class ImportBench {

    private static final OperatingSystemMXBean MACHINE =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private static final ImportOptions OPTIONS = ImportOptions.of("bench", CsvFormat.STANDARD);

    @Autowired
    CustomerImports imports;

    @Autowired
    TestTenants tenants;

    @Autowired
    JdbcClient jdbc;

    @TempDir
    Path folder;

    private final List<String> table = new ArrayList<>();
    private @Nullable Long server;
    private StatementCosts costs;

    @Test
    void filesOfGrowingSize() throws IOException {
        server = server();
        costs = new StatementCosts(jdbc);
        String version = jdbc.sql("SELECT VERSION()").query(String.class).single();
        table.add(String.format(
                "%-32s %10s %9s | %9s %9s %9s %9s %10s %9s %9s | %8s %5s",
                version,
                "rows",
                "rows/s",
                "threads",
                "compiler",
                "collector",
                "console",
                "statements",
                "database",
                "sum",
                "heap MB",
                "load"));
        int warm = Integer.getInteger("bench.warm", 50_000); // until the compiler is through with what runs often
        customers(warm);
        lines(2 * warm, new Shape(2, 5));
        lines(2 * warm, new Shape(5, 5));
        table.subList(1, table.size()).clear();
        costs.forget();
        List<String> kinds = list("bench.kinds", "customers,lines");
        for (String rows : list("bench.rows", "10000,100000")) {
            if (kinds.contains("customers")) {
                customers(Integer.parseInt(rows));
            }
            for (Shape shape : kinds.contains("lines") ? shapes() : List.<Shape>of()) {
                lines(Integer.parseInt(rows), shape);
            }
        }
        table.forEach(System.out::println);
        System.out.println(
                "console, database and their sum: processor time of the processes in µs a row; threads, compiler, collector: what of "
                        + "the console's the threads of the import took, and what Java's own (the rest is what runs beside it); "
                        + "statements: what of the database's its statements took (without its own threads; others' work left out). heap: "
                        + "the highest seen. load: of the machine. 2 x 5: lines of an order, orders of a customer.");
        System.out.println(costs.log());
    }

    private static List<String> list(String property, String otherwise) {
        return Stream.of(System.getProperty(property, otherwise).split(","))
                .map(String::strip)
                .toList();
    }

    /** How many lines an order has, and how many orders a customer. */
    private record Shape(int lines, double orders) {

        int customersOf(int rows) {
            return Math.max(1, (int) (rows / (lines * orders)));
        }

        @Override
        public String toString() {
            return lines + " x " + (orders == Math.rint(orders) ? String.valueOf((long) orders) : orders);
        }
    }

    private static List<Shape> shapes() {
        List<Shape> shapes = new ArrayList<>();
        for (String lines : list("bench.lines", "2,5")) {
            for (String orders : list("bench.orders", "5")) {
                shapes.add(new Shape(Integer.parseInt(lines), Double.parseDouble(orders)));
            }
        }
        return shapes;
    }

    private void customers(int rows) throws IOException {
        TenantId tenant = tenants.fresh("Bench");
        Path file = people(rows);
        ImportMapping mapping = mapping(ImportKind.CUSTOMERS, file);
        TestTenants.asOwner(tenant, () -> {
            measure("customers, check", rows, () -> imports.importCustomers(file, mapping, OPTIONS.asDryRun()));
            measure("customers, new", rows, () -> imports.importCustomers(file, mapping, OPTIONS));
            measure("customers, unchanged", rows, () -> imports.importCustomers(file, mapping, OPTIONS));
        });
        Files.delete(file);
    }

    private void lines(int rows, Shape shape) throws IOException {
        TenantId tenant = tenants.fresh("Bench");
        Path people = people(shape.customersOf(rows));
        ImportMapping who = mapping(ImportKind.CUSTOMERS, people);
        TestTenants.asOwner(tenant, () -> {
            imports.importCustomers(people, who, OPTIONS);
        });
        Files.delete(people);
        Path file = orders(rows, shape);
        ImportMapping mapping = mapping(ImportKind.ORDERS, file);
        TestTenants.asOwner(tenant, () -> {
            measure("lines " + shape + ", check", rows, () -> imports.importOrders(file, mapping, OPTIONS.asDryRun()));
            measure("lines " + shape + ", new", rows, () -> imports.importOrders(file, mapping, OPTIONS));
            measure("lines " + shape + ", unchanged", rows, () -> imports.importOrders(file, mapping, OPTIONS));
        });
        Files.delete(file);
    }

    private void measure(String what, int rows, Supplier<ImportResult> work) {
        if (!what.endsWith(System.getProperty("bench.only", ""))) {
            return;
        }
        System.gc();
        AtomicLong heap = new AtomicLong();
        ThreadKinds threads = new ThreadKinds();
        Thread sampler = Thread.ofPlatform().name("sampler").daemon().start(() -> sample(heap, threads));
        long own = MACHINE.getProcessCpuTime();
        Duration database = cpu(server);
        costs.begin();
        long began = System.nanoTime();
        ImportResult result = work.get();
        double seconds = (System.nanoTime() - began) / 1e9;
        threads.look();
        double console = (MACHINE.getProcessCpuTime() - own) / 1e3 / rows;
        double theirs = cpu(server).minus(database).toNanos() / 1e3 / rows;
        double statements = costs.end(what, rows);
        sampler.interrupt();
        assertThat(result.counts().rejected()).isZero();
        table.add(String.format(
                Locale.ROOT,
                "%-32s %,10d %,9.0f | %9.1f %9.1f %9.1f %9.1f %10.1f %9.1f %9.1f | %8d %5.1f",
                what,
                rows,
                rows / seconds,
                threads.spent(ThreadKinds.Kind.MAIN, rows),
                threads.spent(ThreadKinds.Kind.COMPILER, rows),
                threads.spent(ThreadKinds.Kind.COLLECTOR, rows),
                console,
                statements,
                theirs,
                console + theirs,
                heap.get() >> 20,
                MACHINE.getSystemLoadAverage()));
    }

    private static void sample(AtomicLong heap, ThreadKinds threads) {
        Runtime runtime = Runtime.getRuntime();
        try {
            for (int i = 0; ; i++) {
                heap.accumulateAndGet(runtime.totalMemory() - runtime.freeMemory(), Math::max);
                if (i % 5 == 0) { // looking costs processor time
                    threads.look();
                }
                Thread.sleep(20);
            }
        } catch (InterruptedException e) {
            // The stretch is over.
        }
    }

    private static Duration cpu(@Nullable Long process) {
        return process == null
                ? Duration.ZERO
                : ProcessHandle.of(process)
                        .flatMap(it -> it.info().totalCpuDuration())
                        .orElse(Duration.ZERO);
    }

    /** The database's process, where it runs on this machine. */
    private @Nullable Long server() {
        String file = jdbc.sql("SELECT @@pid_file").query(String.class).single();
        String data = jdbc.sql("SELECT @@datadir").query(String.class).single();
        try {
            return Long.valueOf(Files.readString(Path.of(data).resolve(file)).strip());
        } catch (IOException | NumberFormatException e) {
            return null;
        }
    }

    private static ImportMapping mapping(ImportKind kind, Path file) throws IOException {
        try (var lines = Files.lines(file)) {
            return ImportMapping.guess(
                    kind, List.of(lines.findFirst().orElseThrow().split(",")));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private Path people(int rows) throws IOException {
        Path file = folder.resolve("people.csv");
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write("customer id,email,first name,last name,phone,birthday,city,country,newsletter\n");
            for (int i = 0; i < rows; i++) {
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

    /** In the order of time, as shops send them: neighbours are of different customers. */
    private Path orders(int rows, Shape shape) throws IOException {
        Path file = folder.resolve("orders.csv");
        Random random = new Random(7);
        int customers = shape.customersOf(rows);
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write("order id,date,customer,unit price,quantity,sku,product,category\n");
            int customer = 0;
            LocalDateTime at = LocalDateTime.of(2024, 1, 1, 0, 0);
            for (int i = 0; i < rows; i++) {
                if (i % shape.lines() == 0) {
                    customer = random.nextInt(customers);
                    at = LocalDateTime.of(2024, 1, 1, 0, 0).plusMinutes(i * 1_000_000L / rows);
                }
                out.write("O%d,%s,C%07d,%d.50,%d,s%d,Product %d,Category %d%n"
                        .formatted(i / shape.lines(), at, customer, 5 + i % 90, 1 + i % 3, i % 500, i % 500, i % 12));
            }
        }
        return file;
    }
}
