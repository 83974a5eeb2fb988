package io.perennial.delivery;

import io.perennial.delivery.BenchMeter.Reading;
import io.perennial.delivery.StageClock.Stage;
import io.perennial.support.ThreadKinds;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What was measured, on one database after the other: kept in a file, so that all of it is printed as one table. */
final class BenchTable {

    private static final Path FILE = Path.of("target", "bench.txt");

    private static final String HEAD = String.format(
            "%-14s %9s %5s %8s %7s %6s | %5s %5s %6s %5s %5s %5s %5s %5s %5s %5s | %7s %5s %8s %5s | %7s %9s %6s %5s",
            "database",
            "messages",
            "DKIM",
            "per s",
            "frozen",
            "KB",
            "claim",
            "load",
            "render",
            "build",
            "sign",
            "send",
            "mark",
            "jit",
            "gc",
            "rest",
            "console",
            "sink",
            "database",
            "sum",
            "heap MB",
            "raw per s",
            "ratio",
            "load");

    private static final String NOTE = "The first row of a size after the start pays for the compiler (jit). "
            + "frozen: seconds to freeze the audience. claim to mark: processor time of the workers, "
            + "in µs a message; jit: of the compiler, gc: of the collector, rest: of all else in the console; console, sink, database and "
            + "their sum: µs a message. raw: finished bytes sent pipelined over as many connections, and the ratio of messages "
            + "a second to that. load: of the machine.";

    private final String stamp;
    private final String database;

    private BenchTable(String stamp, String database) {
        this.stamp = stamp;
        this.database = database;
    }

    record Row(
            int size,
            String dkim,
            int bytes,
            double frozen,
            Reading sending,
            BenchClock clock,
            double loading,
            double rawRate) {}

    /** For the database in use; none if that was measured by this build before. */
    static Optional<BenchTable> open(ApplicationContext application) {
        String version = application
                .getBean(JdbcClient.class)
                .sql("SELECT VERSION()")
                .query(String.class)
                .single();
        String name = (version.contains("MariaDB") ? "MariaDB " : "MySQL ") + version.replaceFirst("-.*", "");
        String stamp = System.getProperty(
                "bench.stamp", Long.toString(ProcessHandle.current().pid()));
        BenchTable table = new BenchTable(stamp, name);
        return table.lines().stream().anyMatch(line -> line.startsWith(name)) ? Optional.empty() : Optional.of(table);
    }

    /** The database's process, where it runs on this machine. */
    static @Nullable Long process(ApplicationContext application) {
        JdbcClient jdbc = application.getBean(JdbcClient.class);
        String file = jdbc.sql("SELECT @@pid_file").query(String.class).single();
        String folder = jdbc.sql("SELECT @@datadir").query(String.class).single();
        try {
            return Long.valueOf(Files.readString(Path.of(folder).resolve(file)).strip());
        } catch (IOException | NumberFormatException e) {
            return null;
        }
    }

    void add(Row row) {
        String line = stamp + "\t" + line(row);
        System.out.println(HEAD + System.lineSeparator() + line(row));
        try {
            Files.writeString(FILE, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String line(Row row) {
        Reading sending = row.sending();
        int size = row.size();
        double console = Reading.micros(sending.own(), size);
        double compiler = sending.threads().spent(ThreadKinds.Kind.COMPILER, size);
        double collector = sending.threads().spent(ThreadKinds.Kind.COLLECTOR, size);
        double sink = Reading.micros(sending.sink(), size);
        double server = Reading.micros(sending.database(), size);
        double rate = size / sending.seconds();
        double workers = 0;
        for (Stage stage : Stage.values()) {
            workers += stage == Stage.OTHER ? 0 : row.clock().micros(stage, size);
        }
        return String.format(
                Locale.ROOT,
                "%-14s %,9d %5s %,8.0f %7.2f %6.1f | %5.0f %5.0f %6.0f %5.0f %5.0f %5.0f %5.0f %5.0f %5.0f %5.0f | "
                        + "%7.0f %5.0f %8.0f %5.0f | %7.0f %,9.0f %6.2f %5.1f",
                database,
                size,
                row.dkim(),
                rate,
                row.frozen(),
                row.bytes() / 1024.0,
                row.clock().micros(Stage.CLAIM, size),
                row.loading(),
                Math.max(0, row.clock().micros(Stage.COMPOSE, size) - row.loading()),
                row.clock().micros(Stage.BUILD, size),
                row.clock().micros(Stage.SIGN, size),
                row.clock().micros(Stage.SEND, size),
                row.clock().micros(Stage.MARK, size),
                compiler,
                collector,
                console - workers - compiler - collector,
                console,
                sink,
                server,
                console + sink + server,
                sending.peakHeap() / 1048576.0,
                row.rawRate(),
                rate / row.rawRate(),
                sending.load());
    }

    private List<String> lines() {
        try {
            return Files.notExists(FILE)
                    ? List.of()
                    : Files.readAllLines(FILE, StandardCharsets.UTF_8).stream()
                            .filter(line -> line.startsWith(stamp + "\t"))
                            .map(line -> line.substring(stamp.length() + 1))
                            .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void print() {
        System.out.println();
        System.out.println(HEAD);
        lines().forEach(System.out::println);
        System.out.println(NOTE);
    }
}
