package io.perennial.customers;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.OperatingSystemMXBean;
import io.perennial.kernel.TenantId;
import io.perennial.support.IntegrationTest;
import io.perennial.support.TestTenants;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Measures imports of growing size, each into a business of its own, as it is and with the rows imported again:
 * {@code ./mvnw -Pbench verify -Dit.test=ImportBench}. Sizes, in rows of each file, by
 * {@code -Dbench.rows=10000,100000,1000000}; {@code -Dbench.only=new} leaves out checks and repetitions.
 */
@IntegrationTest
class ImportBench {

    private static final OperatingSystemMXBean MACHINE =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

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
                "%-32s %10s %9s | %9s %9s %10s %9s %9s | %8s %5s",
                version, "rows", "rows/s", "threads", "console", "statements", "database", "sum", "heap MB", "load"));
        business(Integer.getInteger("bench.warm", 50_000)); // until the compiler is through with what runs often
        table.subList(1, table.size()).clear();
        costs.forget();
        for (String rows : System.getProperty("bench.rows", "10000,100000").split(",")) {
            business(Integer.parseInt(rows.strip()));
        }
        table.forEach(System.out::println);
        System.out.println(
                "console, database and their sum: processor time of the processes in µs a row; threads: what of the "
                        + "console's the threads of the import took (without collector, compiler and whatever else runs "
                        + "beside it), statements: what of the database's its statements took (without its own threads; others' work left out). heap: the "
                        + "highest seen. load: of the machine. Two lines an order, 1.5 lines a customer.");
        System.out.println(costs.log());
    }

    private void business(int rows) throws IOException {
        TenantId tenant = tenants.fresh("Bench");
        Path people = people(rows);
        Path orders = orders(rows);
        ImportMapping who = mapping(ImportKind.CUSTOMERS, people);
        ImportMapping what = mapping(ImportKind.ORDERS, orders);
        ImportOptions options = ImportOptions.of("bench", CsvFormat.STANDARD);
        TestTenants.asOwner(tenant, () -> {
            measure("customers, check", rows, () -> imports.importCustomers(people, who, options.asDryRun()));
            measure("customers, new", rows, () -> imports.importCustomers(people, who, options));
            measure("customers, unchanged", rows, () -> imports.importCustomers(people, who, options));
            measure("order lines, check", rows, () -> imports.importOrders(orders, what, options.asDryRun()));
            measure("order lines, new", rows, () -> imports.importOrders(orders, what, options));
            measure("order lines, unchanged", rows, () -> imports.importOrders(orders, what, options));
        });
        Files.delete(people);
        Files.delete(orders);
    }

    private void measure(String what, int rows, Supplier<ImportResult> work) {
        if (!what.endsWith(System.getProperty("bench.only", ""))) {
            return;
        }
        System.gc();
        AtomicLong heap = new AtomicLong();
        Map<Long, Long> threads = new ConcurrentHashMap<>();
        Map<Long, Long> threadsBefore = threads();
        Thread sampler = Thread.ofPlatform().daemon().start(() -> sample(heap, threads));
        long own = MACHINE.getProcessCpuTime();
        Duration database = cpu(server);
        costs.begin();
        long began = System.nanoTime();
        ImportResult result = work.get();
        double seconds = (System.nanoTime() - began) / 1e9;
        threads.putAll(threads());
        double working = threads.entrySet().stream()
                        .mapToLong(e -> e.getValue() - threadsBefore.getOrDefault(e.getKey(), 0L))
                        .sum()
                / 1e3
                / rows;
        double console = (MACHINE.getProcessCpuTime() - own) / 1e3 / rows;
        double theirs = cpu(server).minus(database).toNanos() / 1e3 / rows;
        double statements = costs.end(what, rows);
        sampler.interrupt();
        assertThat(result.counts().rejected()).isZero();
        table.add(String.format(
                Locale.ROOT,
                "%-32s %,10d %,9.0f | %9.1f %9.1f %10.1f %9.1f %9.1f | %8d %5.1f",
                what,
                rows,
                rows / seconds,
                working,
                console,
                statements,
                theirs,
                console + theirs,
                heap.get() >> 20,
                MACHINE.getSystemLoadAverage()));
    }

    /** The processor time of the threads that import. */
    private static Map<Long, Long> threads() {
        Map<Long, Long> times = new HashMap<>();
        for (ThreadInfo thread : THREADS.getThreadInfo(THREADS.getAllThreadIds())) {
            if (thread != null && thread.getThreadName().startsWith("main")) {
                times.put(thread.getThreadId(), THREADS.getThreadCpuTime(thread.getThreadId()));
            }
        }
        times.values().removeIf(time -> time < 0);
        return times;
    }

    private static void sample(AtomicLong heap, Map<Long, Long> threads) {
        Runtime runtime = Runtime.getRuntime();
        try {
            while (true) {
                heap.accumulateAndGet(runtime.totalMemory() - runtime.freeMemory(), Math::max);
                threads.putAll(threads());
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
    private Path orders(int rows) throws IOException {
        Path file = folder.resolve("orders.csv");
        Random random = new Random(7);
        int customers = Math.max(1, rows * 2 / 3);
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write("order id,date,customer,unit price,quantity,sku,product,category\n");
            int customer = 0;
            LocalDateTime at = LocalDateTime.of(2024, 1, 1, 0, 0);
            for (int i = 0; i < rows; i++) {
                if (i % 2 == 0) {
                    customer = random.nextInt(customers);
                    at = LocalDateTime.of(2024, 1, 1, 0, 0).plusMinutes(i * 1_000_000L / rows);
                }
                out.write("O%d,%s,C%07d,%d.50,%d,s%d,Product %d,Category %d%n"
                        .formatted(i / 2, at, customer, 5 + i % 90, 1 + i % 3, i % 500, i % 500, i % 12));
            }
        }
        return file;
    }
}
